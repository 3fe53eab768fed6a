/** The table of `realign endpoints …` commands. */
import type { Command } from 'commander'
import {
  endpointsAdd,
  endpointsAllow,
  endpointsList,
  endpointsRemove,
  endpointsTest,
  type AddFlags,
  type EndpointFlags,
} from './commands/endpoints.ts'
import { withSession } from './session.ts'

export interface EndpointProgramParts {
  readonly done: (exitCode: number) => void
  readonly whole: (low: number, high: number) => (text: string) => number
  readonly workspace: readonly [string, string]
  readonly json: readonly [string, string]
}

type Flags = EndpointFlags & { readonly workspace?: string }

export function addEndpointCommands(program: Command, parts: EndpointProgramParts): void {
  const { done, whole, workspace, json } = parts
  const endpoints = program
    .command('endpoints')
    .description('captioners behind an OpenAI-compatible address; keys come from the environment')
  endpoints
    .command('list')
    .option(...workspace)
    .option(...json)
    .action(async (flags: Flags) =>
      done(await withSession(flags, (session) => endpointsList(session, flags))),
    )
  endpoints
    .command('add')
    .argument('<name>', 'what it is called here')
    .description('define one; nothing is sent anywhere')
    .requiredOption('--url <address>', 'as far as /v1: https://host/v1, http://127.0.0.1:11434/v1')
    .requiredOption('--model <name>', 'as the server calls it')
    .option('--prompt-file <file>', 'what is said under an alt-text; {alt} in it is the alt-text')
    .option('--prompt-without-file <file>', 'what is said without alt-text')
    .option('--max-side <pixels>', 'longer side of the picture that is sent', whole(32, 4096))
    .option('--parallel <n>', 'questions at the same time', whole(1, 16))
    .option('--seconds <n>', 'longest time for one caption', whole(5, 3600))
    .option('--body <json>', 'fields of the request; null leaves one out')
    .option('--note <text>', 'what to remember of it')
    .option('--replace', 'change the one of this name')
    .option(...workspace)
    .option(...json)
    .action(async (name: string, flags: AddFlags & Flags) =>
      done(await withSession(flags, (session) => endpointsAdd(session, name, flags))),
    )
  endpoints
    .command('remove')
    .argument('<name>')
    .description('forget one; its captions stay')
    .option(...workspace)
    .action(async (which: string, flags: Flags) =>
      done(await withSession(flags, (session) => endpointsRemove(session, which))),
    )
  for (const [verb, allowed, words] of [
    ['allow', true, 'pictures and alt-texts of this workspace may be sent to it'],
    ['forbid', false, 'they may not (as at first)'],
  ] as const)
    endpoints
      .command(verb)
      .argument('<name>')
      .description(words)
      .option(...workspace)
      .option(...json)
      .action(async (which: string, flags: Flags) =>
        done(
          await withSession(flags, (session) => endpointsAllow(session, { which, allowed, flags })),
        ),
      )
  endpoints
    .command('test')
    .argument('<name>')
    .description('does the picture arrive, and the alt-text? exit 1 when one does not')
    .option(...workspace)
    .option(...json)
    .action(async (which: string, flags: Flags) =>
      done(await withSession(flags, (session) => endpointsTest(session, which, flags))),
    )
}
