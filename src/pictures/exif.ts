import type { Orientation } from './header.ts'

/** How a picture lies, by its EXIF block (a TIFF structure); upright where that says nothing that can be read. */
export function orientationIn(exif: Uint8Array): Orientation {
  const view = new DataView(exif.buffer, exif.byteOffset, exif.byteLength)
  try {
    const mark = view.getUint16(0)
    const little = mark === 0x4949
    if (!little && mark !== 0x4d4d) return 1
    const directory = view.getUint32(4, little)
    const entries = view.getUint16(directory, little)
    for (let entry = 0; entry < entries; entry++) {
      const at = directory + 2 + entry * 12
      if (view.getUint16(at, little) !== 0x0112) continue
      const value = view.getUint16(at + 8, little)
      return value >= 1 && value <= 8 ? (value as Orientation) : 1
    }
    return 1
  } catch (error) {
    // It points outside of itself.
    if (error instanceof RangeError) return 1
    throw error
  }
}
