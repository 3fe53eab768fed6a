/** Text in a spreadsheet's XML: what XML cannot hold is written as _xHHHH_, as the file format defines it. */

const hex = (text: string): string => text.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')

// Text that already looks like such an escape has its first sign escaped, so that it reads as itself again.
const LOOKS_ESCAPED = /_(?=x[0-9a-fA-F]{4})/g
const NOT_IN_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '\r': '&#13;',
}

export const escapeXlsx = (text: string): string =>
  text
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(NOT_IN_XML, (one) => `_x${hex(one)}_`)
    .replace(/[&<>\r]/g, (one) => ENTITIES[one] ?? one)

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** Undoes escapeXlsx; also reads what other programs write. */
export const unescapeXlsx = (xml: string): string =>
  xml
    .replace(/&(?:#x([0-9a-fA-F]+)|#(\d+)|(\w+));/g, (whole, hexadecimal, decimal, name) => {
      if (hexadecimal) return String.fromCodePoint(parseInt(String(hexadecimal), 16))
      if (decimal) return String.fromCodePoint(Number(decimal))
      return NAMED[String(name)] ?? String(whole)
    })
    .replace(/_x([0-9a-fA-F]{4})_/g, (_whole, code) =>
      String.fromCharCode(parseInt(String(code), 16)),
    )
