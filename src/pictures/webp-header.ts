import { orientationIn } from './exif.ts'
import { type HeaderOutcome, latin } from './header.ts'

/** Walks the chunks of a WebP to the end that its first one names (RFC 9649, 2.4). */
export function webpHeader(octets: Uint8Array): HeaderOutcome {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  const end = view.getUint32(4, true) + 8
  if (end > octets.length) return { kind: 'damaged' }
  let canvas: Size | undefined
  let frame: Size | undefined
  let exif: Uint8Array | undefined
  let profile: Uint8Array | undefined
  for (let at = 12; at + 8 <= end; ) {
    const type = latin(octets, at, at + 4)
    const length = view.getUint32(at + 4, true)
    const data = octets.subarray(at + 8, at + 8 + length)
    if (data.length < length) return { kind: 'damaged' }
    if (type === 'ANIM' || type === 'ANMF') return { kind: 'moving' }
    if (type === 'VP8X') canvas = canvasIn(data)
    else if (type === 'VP8 ') frame ??= lossyIn(data)
    else if (type === 'VP8L') frame ??= losslessIn(data)
    else if (type === 'EXIF') exif ??= latin(data, 0, 6) === 'Exif\0\0' ? data.subarray(6) : data
    else if (type === 'ICCP') profile ??= data
    at += 8 + length + (length % 2)
  }
  if (!frame?.width || !frame.height) return { kind: 'damaged' }
  if (canvas && (canvas.width !== frame.width || canvas.height !== frame.height)) return { kind: 'damaged' }
  return {
    kind: 'header',
    header: {
      format: 'webp',
      ...frame,
      orientation: exif ? orientationIn(exif) : 1,
      ...(profile && { profile: { octets: profile } }),
    },
  }
}

type Size = { width: number; height: number }

const canvasIn = (data: Uint8Array): Size => ({ width: uint24(data, 4) + 1, height: uint24(data, 7) + 1 })

/** RFC 6386, 9.1: behind the frame tag and the start code, 14 bits each. */
function lossyIn(data: Uint8Array): Size | undefined {
  if (data.length < 10 || uint24(data, 3) !== 0x2a019d) return undefined
  return {
    width: (data[6]! | (data[7]! << 8)) & 0x3fff,
    height: (data[8]! | (data[9]! << 8)) & 0x3fff,
  }
}

/** RFC 9649, 3.4: behind the signature, 14 bits each, less one. */
function losslessIn(data: Uint8Array): Size | undefined {
  if (data.length < 5 || data[0] !== 0x2f) return undefined
  const bits = data[1]! | (data[2]! << 8) | (data[3]! << 16) | (data[4]! << 24)
  return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

const uint24 = (data: Uint8Array, at: number) =>
  (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16)
