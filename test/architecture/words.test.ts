/** Words that must not appear in what we ship. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const tracked = execFileSync('git', ['ls-files', '-z'], { encoding: 'utf8' })
  .split('\0')
  .filter((name) => /\.(ts|tsx|js|mjs|cjs|py|md|json|yml|yaml|html|css)$/.test(name))
  .filter((name) => name !== 'package-lock.json')

// Written in pieces so that this file does not find itself.
const BANNED: readonly RegExp[] = [
  new RegExp(`(^|[^\\w.])/(${'wo'}rk|${'fa'}rm)/`),
  new RegExp(`https?://(${'regis'}try|${'de'}b|${'fil'}es)\\.`),
  /[^\w.]innerHTML\s*=/,
]

test.each(BANNED.map((pattern) => [pattern.source, pattern] as const))(
  'no tracked file matches %s',
  (_name, pattern) => {
    const hits = tracked.filter((name) =>
      readFileSync(name, 'utf8')
        .split('\n')
        .some((line) => pattern.test(line)),
    )
    expect(hits).toEqual([])
  },
)
