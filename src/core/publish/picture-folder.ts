/** The folder of a document's pictures, named after the document. */

/** Only of letters that every document format can name; `file` may have an ending. */
export const pictureFolder = (file: string): string =>
  `${
    file
      .replace(/\.[^.]*$/, '')
      .replace(/[^A-Za-z0-9-]+/g, '-')
      .replace(/^-+/, '')
      .slice(0, 60) || 'table'
  }-images`
