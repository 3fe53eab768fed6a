/** Handlers of the study operations, owner's and rater's. */
import type { CallName, Output, Parsed, TaskEvent, TaskName } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import { planStudy } from './create-study.ts'
import { exportStudy, studyKey } from './export/export-study.ts'
import { importText } from './export/study-file.ts'
import { addRaters } from './late-raters.ts'
import { ratePicture, rateState, rateSubmit } from './rate.ts'
import { raterPages, taskFile } from './rater-pages.ts'
import { studySources } from './sources.ts'
import {
  analyseStudy,
  getStudy,
  invite,
  listTemplates,
  reportStudy,
  revoke,
  taskOf,
  withdraw,
} from './study-operations.ts'

type StudyCall = Extract<CallName, `studies.${string}` | `rate.${string}`>
type StudyTask = Extract<TaskName, `studies.${string}`>
type Handlers = {
  readonly [K in StudyCall]: (
    input: Parsed<K>,
    signal: AbortSignal,
  ) => Promise<Output<K>> | Output<K>
} & {
  readonly [K in StudyTask]: (
    input: Parsed<K>,
    signal: AbortSignal,
  ) => AsyncGenerator<TaskEvent<K>, Output<K>>
}

export const studyProcedures = (deps: Deps): Handlers => ({
  'studies.templates': () => listTemplates(),
  'studies.sources': (input, signal) => studySources(deps, input, signal),
  'studies.pages': (input) => raterPages(deps, input),
  'studies.plan': (input) => planStudy(deps, input),
  'studies.list': () => ({ studies: [...deps.store.studies.list()] }),
  'studies.get': ({ studyId }, signal) => getStudy(deps, studyId, signal),
  'studies.invite': (input) => invite(deps, input),
  'studies.revoke': (input) => revoke(deps, input),
  'studies.withdraw': (input) => withdraw(deps, input),
  'studies.addRaters': (input) => addRaters(deps, input),
  'studies.report': (input, signal) => reportStudy(deps, input, signal),
  'studies.analyse': (input, signal) => analyseStudy(deps, input, signal),
  'studies.export': (input, signal) => exportStudy(deps, input, signal),
  'studies.key': (input) => studyKey(deps, input),
  'studies.import': ({ text }) => importText(deps, text),
  'studies.task': (input) => taskOf(deps, input),
  'studies.taskFile': (input, signal) => taskFile(deps, input, signal),

  'rate.state': ({ token }) => rateState(deps, token),
  'rate.submit': ({ token, events }) => rateSubmit(deps, token, events),
  'rate.picture': (input, signal) => ratePicture(deps, input, signal),
})
