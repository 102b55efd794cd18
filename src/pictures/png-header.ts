import { orientationIn } from './exif.ts'
import { type HeaderOutcome, latin } from './header.ts'

/** Walks the chunks of a PNG to IEND (PNG 3, 5.3). */
export function pngHeader(octets: Uint8Array): HeaderOutcome {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  let size: { width: number; height: number } | undefined
  let exif: Uint8Array | undefined
  let profile: Uint8Array | undefined
  for (let at = 8; ; ) {
    if (at + 12 > octets.length) return { kind: 'damaged' }
    const length = view.getUint32(at)
    const type = latin(octets, at + 4, at + 8)
    const data = octets.subarray(at + 8, at + 8 + length)
    if (data.length < length || (size === undefined) !== (type === 'IHDR')) return { kind: 'damaged' }
    if (type === 'IEND') break
    if (type === 'IHDR') {
      if (length !== 13) return { kind: 'damaged' }
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    } else if (type === 'eXIf') exif ??= data
    // A name that ends with a zero, and the one method there is.
    else if (type === 'iCCP') profile ??= data.subarray(data.indexOf(0) + 2)
    at += 12 + length
  }
  if (!size?.width || !size.height) return { kind: 'damaged' }
  return {
    kind: 'header',
    header: {
      format: 'png',
      ...size,
      orientation: exif ? orientationIn(exif) : 1,
      ...(profile && { profile: { octets: profile, deflated: true } }),
    },
  }
}
