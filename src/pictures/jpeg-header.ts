import { orientationIn } from './exif.ts'
import { type HeaderOutcome, latin } from './header.ts'

const [startOfScan, end, app1, app2] = [0xda, 0xd9, 0xe1, 0xe2]

/**
 * Walks the segments of a JPEG to its end (ISO 10918-1, annex B). Its size stands in the frame header, its orientation
 * in APP1, its profile in pieces in APP2.
 */
export function jpegHeader(octets: Uint8Array): HeaderOutcome {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  let frame: { width: number; height: number; inks: number } | undefined
  let exif: Uint8Array | undefined
  const profile: Uint8Array[] = []
  for (let at = nextMarker(octets, 2); octets[at + 1] !== end; at = nextMarker(octets, at)) {
    if (at + 4 > octets.length) return { kind: 'damaged' }
    const marker = octets[at + 1]!
    const length = view.getUint16(at + 2)
    const segment = octets.subarray(at + 4, at + 2 + length)
    if (length < 2 || segment.length < length - 2) return { kind: 'damaged' }
    if (isFrame(marker)) {
      if (segment.length < 6 || frame) return { kind: 'damaged' }
      frame = { height: view.getUint16(at + 5), width: view.getUint16(at + 7), inks: segment[5]! }
    } else if (marker === app1 && latin(segment, 0, 6) === 'Exif\0\0') exif ??= segment.subarray(6)
    else if (marker === app2 && latin(segment, 0, 12) === 'ICC_PROFILE\0') profile.push(segment.subarray(14))
    at += 2 + length
    if (marker === startOfScan) at = endOfScan(octets, at)
  }
  if (!frame?.width || !frame.height) return { kind: 'damaged' }
  if (frame.inks === 4) return { kind: 'print-colours' }
  return {
    kind: 'header',
    header: {
      format: 'jpeg',
      width: frame.width,
      height: frame.height,
      orientation: exif ? orientationIn(exif) : 1,
      ...(profile.length && { profile: { octets: Buffer.concat(profile) } }),
    },
  }
}

/** SOF0 to SOF15, without the three of that range that are tables. */
const isFrame = (marker: number) =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc

/** Any number of 0xff may stand before a marker (B.1.1.2); where none begins, the file is over. */
function nextMarker(octets: Uint8Array, from: number): number {
  if (octets[from] !== 0xff) return octets.length
  let at = from
  while (octets[at + 1] === 0xff) at++
  return at
}

/** Where the coded picture ends: at a marker that is neither a stuffed zero nor a restart. */
function endOfScan(octets: Uint8Array, from: number): number {
  for (let at = octets.indexOf(0xff, from); at !== -1; at = octets.indexOf(0xff, at + 1)) {
    const next = octets[at + 1]
    if (next !== 0 && next !== 0xff && !(next! >= 0xd0 && next! <= 0xd7)) return at
  }
  return octets.length
}
