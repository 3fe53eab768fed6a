/** Text for one cell of a Markdown table: it reads as itself, with no emphasis, link, list or HTML. */
import { visibleLine } from './visible.ts'

/** Every sign that CommonMark or its table and autolink extensions give a meaning. */
const SIGNS = /[\\`*_{}[\]()#+\-.!|<>&~$^=:@"']/g

export const escapeMarkdown = (text: string): string => visibleLine(text).replace(SIGNS, '\\$&')
