import { avifHeader } from './avif-header.ts'
import { gifHeader } from './gif-header.ts'
import { jpegHeader } from './jpeg-header.ts'
import { pngHeader } from './png-header.ts'
import { webpHeader } from './webp-header.ts'

/** EXIF's eight ways to lay the rows of a picture: 1 is upright (EXIF 2.32, 4.6.5.1, tag 0x0112). */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8

/** What a picture says of itself before anything is decoded. */
export type Header = {
  format: 'jpeg' | 'png' | 'webp' | 'gif' | 'avif'
  /** As stored, before it is turned upright. */
  width: number
  height: number
  orientation: Orientation
  /** The ICC profile of its colours, as it stands in the file; absent: sRGB. */
  profile?: { octets: Uint8Array; deflated?: boolean }
}

/** What it is instead, where that helps a person to make a picture of it. */
export type NoPicture = 'svg' | 'html' | 'heic' | 'tiff' | 'pdf' | 'other'

export type HeaderOutcome =
  | { kind: 'header'; header: Header }
  | { kind: 'no-picture'; found: NoPicture }
  /** The format is known, and the file is cut or malformed. */
  | { kind: 'damaged' }
  /** Four inks (CMYK): for print, and no screen shows it right. */
  | { kind: 'print-colours' }
  | { kind: 'moving' }

/**
 * Reads what a file is, by its octets alone, and walks its structure to the end, so that one that was cut on its way
 * is known. Nothing is decoded, and no length in it is believed beyond the file's own.
 */
export function readHeader(octets: Uint8Array): HeaderOutcome {
  if (starts(octets, 0xff, 0xd8, 0xff)) return jpegHeader(octets)
  if (starts(octets, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return pngHeader(octets)
  const start = latin(octets, 0, 16)
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return gifHeader(octets)
  if (start.startsWith('RIFF') && start.slice(8, 12) === 'WEBP') return webpHeader(octets)
  if (start.slice(4, 8) === 'ftyp') return boxed(octets)
  return { kind: 'no-picture', found: otherThan(octets) }
}

/** AVIF and HEIC share their container; the brands tell which of them it is (ISO 14496-12, 4.3). */
function boxed(octets: Uint8Array): HeaderOutcome {
  const brands = latin(octets, 8, 64)
  if (brands.includes('avif')) return avifHeader(octets)
  return { kind: 'no-picture', found: /heic|heix|hevc|mif1|msf1/.test(brands) ? 'heic' : 'other' }
}

function otherThan(octets: Uint8Array): NoPicture {
  const text = latin(octets, 0, 1024).trimStart()
  if (text.startsWith('%PDF-')) return 'pdf'
  if (text.startsWith('II*\0') || text.startsWith('MM\0*')) return 'tiff'
  if (/<svg[\s/>]/i.test(text)) return 'svg'
  return /^(\ufeff|ï»¿)?\s*<(!doctype|html|head|body|script|!--|\?xml)/i.test(text) ? 'html' : 'other'
}

const starts = (octets: Uint8Array, ...magic: number[]) =>
  magic.every((octet, index) => octets[index] === octet)

/** Octets as characters, one each. */
export const latin = (octets: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...octets.subarray(from, to))
