import type { Codecs } from './codecs.ts'
import { indexedPng } from './indexed-png.ts'
import { bestPalette, exactPalette } from './palette.ts'
import { isOpaque, type Pixels } from './pixels.ts'

/** A picture as it is kept, served and mailed. */
export type Encoded = {
  type: 'image/jpeg' | 'image/png'
  width: number
  height: number
  body: Uint8Array
}

/** What mail takes: the widest that a lead is shown, twice over for sharp screens, and as light as a page's picture. */
export const mostSide = 1200
const mostOctets = 200_000

/** 80 is where nobody sees a difference; 45 is where everybody begins to. */
const qualities = [80, 70, 60, 50]
const further = 55

/** Encodes a picture so that it fits: with less quality first, then smaller and smaller. */
export async function fitted(codecs: Codecs, pixels: Pixels): Promise<Encoded> {
  const first = Math.min(mostSide, Math.max(pixels.width, pixels.height))
  for (let side = first; ; side = Math.floor(side * 0.85)) {
    const sized = await within(codecs, pixels, side)
    const body = await encoded(codecs, sized, side === first ? qualities : [further])
    if (body) return { ...body, width: sized.width, height: sized.height }
  }
}

function within(codecs: Codecs, pixels: Pixels, side: number): Promise<Pixels> | Pixels {
  const factor = side / Math.max(pixels.width, pixels.height)
  if (factor >= 1) return pixels
  const scaled = (length: number) => Math.max(1, Math.round(length * factor))
  return codecs.resize(pixels, scaled(pixels.width), scaled(pixels.height))
}

type Body = Pick<Encoded, 'type' | 'body'>

/** PNG where it has few colours or can be seen through, else JPEG; undefined where it is too large however it is done. */
async function encoded(
  codecs: Codecs,
  pixels: Pixels,
  qualities: readonly number[],
): Promise<Body | undefined> {
  const exact = exactPalette(pixels)
  if (exact) {
    const body = await indexedPng(exact)
    if (body.length <= mostOctets) return { type: 'image/png', body }
  }
  if (!isOpaque(pixels)) {
    const body = exact ? undefined : await codecs.encodePng(pixels)
    if (body && body.length <= mostOctets) return { type: 'image/png', body }
    const reduced = exact ? undefined : await indexedPng(bestPalette(pixels))
    return reduced && reduced.length <= mostOctets ? { type: 'image/png', body: reduced } : undefined
  }
  for (const quality of qualities) {
    const body = await codecs.encodeJpeg(pixels, quality)
    if (body.length <= mostOctets) return { type: 'image/jpeg', body }
  }
  return undefined
}
