import type { Pixels } from './pixels.ts'

type Size = { width: number; height: number }

/** The first picture of a GIF, not yet decoded. */
export type GifFrame = {
  screen: Size
  place: Size & { left: number; top: number }
  colours: Uint8Array
  transparent?: number
  interlaced: boolean
  codeSize: number
  /** The LZW codes, their sub-blocks joined. */
  codes: Uint8Array
}

/** Reads a GIF as far as the end of its first picture (GIF89a, 17 to 23); undefined where it is cut or malformed. */
export function firstFrame(octets: Uint8Array): GifFrame | undefined {
  if (octets.length < 13) return undefined
  const uint16 = (at: number) => (octets[at] ?? 0) | ((octets[at + 1] ?? 0) << 8)
  const screen = { width: uint16(6), height: uint16(8) }
  let colours = tableAt(octets, 13, octets[10]!)
  let at = 13 + colours.length
  let transparent: number | undefined
  for (;;) {
    const kind = octets[at]
    if (kind === 0x2c) break
    if (kind !== 0x21) return undefined
    if (octets[at + 1] === 0xf9 && octets[at + 3]! & 1) transparent = octets[at + 6]
    at = subBlocks(octets, at + 2).end
    if (at > octets.length) return undefined
  }
  const [left, top, width, height] = [uint16(at + 1), uint16(at + 3), uint16(at + 5), uint16(at + 7)]
  const flags = octets[at + 9] ?? 0
  const own = tableAt(octets, at + 10, flags)
  if (own.length) colours = own
  at += 10 + own.length
  const codeSize = octets[at] ?? 0
  const { end, parts } = subBlocks(octets, at + 1)
  const fits = width > 0 && height > 0 && left + width <= screen.width && top + height <= screen.height
  if (!fits || codeSize < 1 || codeSize > 8 || end > octets.length) return undefined
  return {
    screen,
    place: { left, top, width, height },
    colours,
    transparent,
    interlaced: (flags & 0x40) !== 0,
    codeSize,
    codes: Buffer.concat(parts),
  }
}

const tableAt = (octets: Uint8Array, at: number, flags: number) =>
  flags & 0x80 ? octets.subarray(at, at + 3 * 2 ** ((flags & 7) + 1)) : new Uint8Array()

/** Blocks of at most 255 octets up to an empty one; `end` lies behind the file where that is missing. */
function subBlocks(octets: Uint8Array, from: number): { end: number; parts: Uint8Array[] } {
  const parts: Uint8Array[] = []
  let at = from
  for (let length = octets[at]; length; length = octets[at]) {
    parts.push(octets.subarray(at + 1, at + 1 + length))
    at += 1 + length
  }
  return { end: at + 1, parts }
}

/** The first picture on its screen, which is transparent around it; undefined where pixels are missing. */
export function decodeFrame({ screen, place, ...frame }: GifFrame): Pixels | undefined {
  const indexes = unpacked(frame.codes, frame.codeSize, place.width * place.height)
  if (!indexes) return undefined
  const data = new Uint8ClampedArray(screen.width * screen.height * 4)
  const rows = frame.interlaced ? interlacedRows(place.height) : undefined
  for (let row = 0, from = 0; row < place.height; row++) {
    let to = ((place.top + (rows?.[row] ?? row)) * screen.width + place.left) * 4
    for (let column = 0; column < place.width; column++, from++, to += 4) {
      const index = indexes[from]!
      if (index === frame.transparent) continue
      data[to] = frame.colours[index * 3] ?? 0
      data[to + 1] = frame.colours[index * 3 + 1] ?? 0
      data[to + 2] = frame.colours[index * 3 + 2] ?? 0
      data[to + 3] = 255
    }
  }
  return { ...screen, data }
}

/** The order in which an interlaced picture's rows come (GIF89a, appendix E). */
function interlacedRows(height: number): number[] {
  const rows: number[] = []
  for (const [first, step] of [
    [0, 8],
    [4, 8],
    [2, 4],
    [1, 2],
  ] as const)
    for (let row = first; row < height; row += step) rows.push(row)
  return rows
}

/** Variable-length LZW (GIF89a, appendix F): each code names a string that ends with one octet more than another's. */
function unpacked(codes: Uint8Array, codeSize: number, count: number): Uint8Array | undefined {
  const clear = 1 << codeSize
  const prefix = new Uint16Array(4096)
  const suffix = new Uint8Array(4096)
  const lengths = new Uint16Array(4096)
  for (let code = 0; code < clear; code++) [suffix[code], lengths[code]] = [code, 1]
  const out = new Uint8Array(count)
  let [written, next, size, previous] = [0, clear + 2, codeSize + 1, -1]
  for (let bit = 0; written < count; ) {
    if (bit + size > codes.length * 8) return undefined
    const at = bit >> 3
    const window = codes[at]! | ((codes[at + 1] ?? 0) << 8) | ((codes[at + 2] ?? 0) << 16)
    const code = (window >> (bit & 7)) & ((1 << size) - 1)
    bit += size
    if (code === clear) {
      ;[next, size, previous] = [clear + 2, codeSize + 1, -1]
      continue
    }
    if (
      code === clear + 1 ||
      code > next ||
      (previous === -1 && code >= clear) ||
      (code === next && previous === -1)
    )
      return undefined
    if (previous !== -1 && next < 4096) {
      prefix[next] = previous
      lengths[next] = lengths[previous]! + 1
      // The code that is just being made ends with what it begins with.
      suffix[next] = firstOf(code === next ? previous : code, prefix, lengths, suffix)
      next++
      if (next === 1 << size && size < 12) size++
    }
    const length = lengths[code]!
    for (let one = code, to = written + length - 1; to >= written; to--) {
      if (to < count) out[to] = suffix[one]!
      one = prefix[one]!
    }
    written += length
    previous = code
  }
  return out
}

function firstOf(code: number, prefix: Uint16Array, lengths: Uint16Array, suffix: Uint8Array): number {
  let one = code
  for (let left = lengths[one]!; left > 1; left--) one = prefix[one]!
  return suffix[one]!
}
