import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { recode } from '../../src/pictures/recode.ts'
import {
  avifOf,
  codecs,
  gifOf,
  inFourInks,
  jpegOf,
  photo,
  pngChunk,
  pngOf,
  pngOfPixels,
  quarters,
  webpOf,
  withSegment,
} from '../support/picture-files.ts'

const taken = (file: Uint8Array) => recode(file, codecs, { megapixels: 40 })
const text = (words: string) => Buffer.from(words, 'latin1')

/** A PNG of that size which says so, and holds next to nothing. */
const bomb = (width: number, height: number) =>
  pngOf({ width, height, bits: 1, kind: 'grey' }, Buffer.alloc(0))

test.each([
  ['nothing at all', Buffer.alloc(0), { reason: 'empty' }],
  ['zeros', Buffer.alloc(5000), { reason: 'no-picture', found: 'other' }],
  ['words', text('just words'), { reason: 'no-picture', found: 'other' }],
  [
    'SVG',
    text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    { reason: 'no-picture', found: 'svg' },
  ],
  [
    'SVG behind a declaration',
    text('<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>'),
    { reason: 'no-picture', found: 'svg' },
  ],
  ['a page', text('\n <!DOCTYPE html><title>404</title>'), { reason: 'no-picture', found: 'html' }],
  ['PDF', text('%PDF-1.7\n'), { reason: 'no-picture', found: 'pdf' }],
  ['TIFF', text('II*\0........'), { reason: 'no-picture', found: 'tiff' }],
  ['HEIC', text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'), { reason: 'no-picture', found: 'heic' }],
  ['a film', text('\0\0\0\x18ftypisom\0\0\0\0isommp42'), { reason: 'no-picture', found: 'other' }],
  ['a script that begins as a GIF', text('GIF89a/*;*/=alert(1)//...............'), { reason: 'damaged' }],
  [
    'the start of a JPEG and a page',
    text('\xff\xd8\xff\xe0<html><script>alert(1)</script>'),
    { reason: 'damaged' },
  ],
  ['a RIFF that is no WebP', text('RIFF\x24\0\0\0WAVEfmt '), { reason: 'no-picture', found: 'other' }],
  [
    'a PNG of 1 KB that wants to be 900 megapixels',
    bomb(30_000, 30_000),
    { reason: 'too-many-pixels', width: 30_000, height: 30_000, megapixels: 40, side: 12_000 },
  ],
  [
    'a PNG that is too long on one side',
    bomb(12_001, 1),
    { reason: 'too-many-pixels', width: 12_001, height: 1, megapixels: 40, side: 12_000 },
  ],
  [
    'a PNG of more than 40 megapixels',
    bomb(8000, 5001),
    { reason: 'too-many-pixels', width: 8000, height: 5001, megapixels: 40, side: 12_000 },
  ],
  ['a PNG without rows', bomb(4000, 4000), { reason: 'damaged' }],
  ['a PNG of no width', bomb(0, 10), { reason: 'damaged' }],
  ['a PNG whose chunk is longer than the file', withLength(bomb(10, 10), 0x7fffffff), { reason: 'damaged' }],
  ['more than 15 MB', Buffer.alloc(15 * 1024 * 1024 + 1, 0xff), { reason: 'too-large', megabytes: 15 }],
] as const)('%s is refused', async (_, file, refusal) => {
  expect(await taken(file)).toEqual({ kind: 'refused', ...refusal })
})

test('a file that was cut anywhere is refused, whatever it is', async () => {
  const [soft, small] = [photo(120, 90), quarters(40, 40)]
  const files = {
    jpeg: await jpegOf(soft),
    png: pngOfPixels(small),
    webp: await webpOf(soft),
    avif: await avifOf(soft),
    gif: gifOf(40, 40, [[220, 20, 20]], [Array.from({ length: 1600 }, () => 0)]),
  }
  for (const [format, file] of Object.entries(files)) {
    expect([format, (await taken(file)).kind]).toEqual([format, 'picture'])
    for (const share of [0.1, 0.4, 0.7, 0.97]) {
      const cut = await taken(file.subarray(0, Math.floor(file.length * share)))
      expect([format, share, cut.kind]).toEqual([format, share, 'refused'])
    }
  }
})

test('a file whose octets were changed anywhere is taken or refused, and nothing else happens', async () => {
  const files = [
    await jpegOf(photo(60, 40)),
    pngOfPixels(quarters(20, 20)),
    await webpOf(photo(60, 40)),
    await avifOf(photo(60, 40)),
    gifOf(20, 20, [[220, 20, 20]], [Array.from({ length: 400 }, (_, at) => at % 256)]),
  ]
  let refused = 0
  // The same sequence each time, so that what fails once fails always.
  let seed = 7
  const next = (below: number) => {
    seed = (seed * 48_271) % 2_147_483_647
    return seed % below
  }
  for (const file of files)
    for (let round = 0; round < 40; round++) {
      const changed = Buffer.from(file)
      for (let change = 0; change < 3; change++) changed[next(changed.length)] = next(256)
      const outcome = await taken(changed)
      if (outcome.kind === 'refused') refused++
      else expect(outcome.picture.body.length).toBeLessThanOrEqual(200_000)
    }
  expect(refused).toBeGreaterThan(20)
})

test('what a header hides from the limits is met by the decoder', async () => {
  // A WebP and an AVIF that say they are small, with a larger picture inside.
  const webp = await webpOf(photo(300, 200))
  const canvas = text('VP8X\x0a\0\0\0\0\0\0\0\x1d\0\0\x13\0\0')
  const lying = Buffer.concat([webp.subarray(0, 12), canvas, webp.subarray(12)])
  lying.writeUInt32LE(lying.length - 8, 4)
  expect((await taken(lying)).kind).toBe('refused')
  const avif = await avifOf(photo(300, 200))
  const small = Buffer.from(avif)
  const size = small.indexOf('ispe') + 8
  expect(small.readUInt32BE(size)).toBe(300)
  small.writeUInt32BE(30, size)
  expect((await taken(small)).kind).toBe('refused')
})

test('a profile that inflates without end costs nothing', async () => {
  const endless = pngChunk('iCCP', Buffer.concat([text('P3\0\0'), deflateSync(Buffer.alloc(60e6))]))
  expect(await taken(pngOfPixels(quarters(20, 20), [endless]))).toEqual({
    kind: 'refused',
    reason: 'damaged',
  })
})

test('the colours of print are refused, and so is a WebP that moves', async () => {
  expect(await taken(inFourInks(await jpegOf(photo(40, 40))))).toEqual({
    kind: 'refused',
    reason: 'print-colours',
  })
  const still = await webpOf(photo(40, 40))
  const moving = Buffer.concat([
    still.subarray(0, 12),
    text('ANIM\x06\0\0\0\0\0\0\0\0\0'),
    still.subarray(12),
  ])
  moving.writeUInt32LE(moving.length - 8, 4)
  expect(await taken(moving)).toEqual({ kind: 'refused', reason: 'moving' })
})

test('a page inside a picture does not come through', async () => {
  const page = '<html><script>alert(1)</script>'
  const polyglots = [
    withSegment(await jpegOf(photo(40, 40)), 0xfe, text(page)),
    Buffer.concat([await jpegOf(photo(40, 40)), text(page)]),
    pngOfPixels(quarters(20, 20), [pngChunk('tEXt', text(`Comment\0${page}`))]),
    Buffer.concat([pngOfPixels(quarters(20, 20)), text(page)]),
  ]
  for (const file of polyglots) {
    const outcome = await taken(file)
    expect(outcome.kind).toBe('picture')
    if (outcome.kind === 'picture') expect(Buffer.from(outcome.picture.body).includes('<script')).toBe(false)
  }
})

function withLength(png: Buffer, length: number): Buffer {
  png.writeUInt32BE(length, png.indexOf('IDAT') - 4)
  return png
}
