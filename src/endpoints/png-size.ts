/** Width and height as a PNG's own header says them. */

export function pngSize(png: Uint8Array): { readonly width: number; readonly height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength)
  // Signature 8, length 4, "IHDR" 4, then width and height (PNG, third edition, 11.2.1).
  return png.byteLength < 24
    ? { width: 0, height: 0 }
    : { width: view.getUint32(16), height: view.getUint32(20) }
}
