/** Finds a study of the workspace, or says that there is none. */
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import type { StoredStudy } from './study-store.ts'

export function studyOf({ store }: Pick<Deps, 'store'>, studyId: string): StoredStudy {
  const study = store.studies.get(studyId)
  if (study) return study
  throw new RealignError('not-found', 'There is no such study', {
    hint: 'List the studies of this workspace first.',
  })
}
