/** What a stored thumbnail is: a JPEG of a JPEG, else WebP (as all were in older workspaces). */
export const thumbnailType = (bytes: Uint8Array): 'image/jpeg' | 'image/webp' =>
  bytes[0] === 0xff && bytes[1] === 0xd8 ? 'image/jpeg' : 'image/webp'
