/** Why a device is not used, in a few words: the runtime's own text is long and names its source files. */

const KNOWN: readonly (readonly [pattern: RegExp, words: string])[] = [
  [
    /failed to load shared library|cannot open shared object|loadlibrary failed/i,
    'its libraries are not installed',
  ],
  [/failed to get a webgpu adapter|no supported adapters/i, 'no graphics adapter was found'],
  [
    /no cuda-capable device|driver version is insufficient/i,
    'no device with a working driver was found',
  ],
]

/** Words for what the runtime says of a device it could not use, or its own text where that is not known. */
export const deviceFault = (text: string): string =>
  KNOWN.find(([pattern]) => pattern.test(text))?.[1] ?? text
