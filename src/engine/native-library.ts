/** Native libraries are loaded when first needed, once; one that fails is tried again next time. */
import { RealignError } from '../shared/errors.ts'

/** @throws RealignError unavailable, with what to do, from the function that it gives */
export function nativeLibrary<T>(
  load: () => Promise<T>,
  { message, hint }: { readonly message: string; readonly hint: string },
): () => Promise<T> {
  let library: Promise<T> | undefined
  return () =>
    (library ??= load().catch((cause: unknown) => {
      library = undefined
      throw new RealignError('unavailable', message, { cause, hint })
    }))
}
