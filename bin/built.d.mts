/** Types of built.mjs, which runs on any Node from 20. */
export function isFresh(file: string, root?: string): boolean
