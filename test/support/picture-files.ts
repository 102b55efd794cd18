import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { crc32, deflateSync } from 'node:zlib'
import avifEncoder from '@jsquash/avif/codec/enc/avif_enc.js'
import { defaultOptions as avifDefaults } from '@jsquash/avif/meta.js'
import webpEncoder from '@jsquash/webp/codec/enc/webp_enc.js'
import { defaultOptions as webpDefaults } from '@jsquash/webp/meta.js'
import { codecsOf } from '../../src/pictures/codecs.ts'
import { nodeCodecs } from '../../src/pictures/node-codecs.ts'
import type { Pixels } from '../../src/pictures/pixels.ts'

/** The codecs in this thread, for tests that look into what was made. */
export const codecs = codecsOf(nodeCodecs, { mostMemory: 512 * 1024 * 1024 })

export type Colour = [red: number, green: number, blue: number, opacity?: number]

/** A picture whose pixels a function of their place paints. */
export function painted(width: number, height: number, paint: (x: number, y: number) => Colour): Pixels {
  const data = new Uint8ClampedArray(width * height * 4)
  for (let y = 0, at = 0; y < height; y++)
    for (let x = 0; x < width; x++, at += 4) {
      const [red, green, blue, opacity = 255] = paint(x, y)
      data[at] = red
      data[at + 1] = green
      data[at + 2] = blue
      data[at + 3] = opacity
    }
  return { width, height, data }
}

/** Like a photo: soft shapes, and grain that does not compress. */
export const photo = (width: number, height: number, grain = 12) =>
  painted(width, height, (x, y) => {
    const noise = (((x * 7919 + y * 104729) ^ (x * y)) % 97) / 97
    return [
      120 + 100 * Math.sin(x / 37) + grain * noise,
      120 + 100 * Math.cos(y / 29) - grain * noise,
      (x + y) % 256,
    ]
  })

/** Red at the left above, green at the right above, blue at the left below, white at the right below. */
export const quarters = (width: number, height: number) =>
  painted(width, height, (x, y) =>
    y < height / 2
      ? x < width / 2
        ? [220, 20, 20]
        : [20, 200, 20]
      : x < width / 2
        ? [20, 20, 220]
        : [250, 250, 250],
  )

export const jpegOf = async (pixels: Pixels, quality = 90) =>
  Buffer.from(await codecs.encodeJpeg(pixels, quality))

const require = createRequire(import.meta.url)

async function encoderOf(factory: unknown, path: string) {
  const module = await WebAssembly.compile(readFileSync(require.resolve(path)))
  const start = factory as (options: object) => Promise<{
    encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array
  }>
  return start({
    noInitialRun: true,
    locateFile: (name: string) => name,
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports)
      done(instance)
      return instance.exports
    },
  })
}

export async function webpOf({ data, width, height }: Pixels, options: { lossless?: number } = {}) {
  const encoder = await encoderOf(webpEncoder, '@jsquash/webp/codec/enc/webp_enc.wasm')
  return Buffer.from(encoder.encode(data, width, height, { ...webpDefaults, ...options }))
}

export async function avifOf({ data, width, height }: Pixels) {
  const encoder = await encoderOf(avifEncoder, '@jsquash/avif/codec/enc/avif_enc.wasm')
  return Buffer.from(encoder.encode(data, width, height, { ...avifDefaults, speed: 10, bitDepth: 8 }))
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

export function pngChunk(type: string, data: Uint8Array = Buffer.alloc(0)): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(named))
  return Buffer.concat([length, named, sum])
}

type PngShape = {
  width: number
  height: number
  bits?: 1 | 8 | 16
  kind?: 'grey' | 'colour' | 'palette' | 'transparent'
}

const pngKinds = { grey: 0, colour: 2, palette: 3, transparent: 6 }

/** A PNG of these rows, each without its filter's octet, and of chunks before them. */
export function pngOf(
  { width, height, bits = 8, kind = 'transparent' }: PngShape,
  rows: Uint8Array,
  before: Buffer[] = [],
): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = bits
  head[9] = pngKinds[kind]
  const length = rows.length / height
  const filtered = Buffer.concat(
    Array.from({ length: rows.length ? height : 0 }, (_, row) =>
      Buffer.concat([Buffer.alloc(1), rows.subarray(row * length, (row + 1) * length)]),
    ),
  )
  return Buffer.concat([
    signature,
    pngChunk('IHDR', head),
    ...before,
    pngChunk('IDAT', deflateSync(filtered)),
    pngChunk('IEND'),
  ])
}

export const pngOfPixels = ({ data, ...size }: Pixels, before?: Buffer[]) =>
  pngOf(size, Buffer.from(data.buffer), before)

/** A GIF by these colours, each frame the index of each pixel; its codes are all of nine bits, so that nothing is packed. */
export function gifOf(width: number, height: number, colours: Colour[], frames: number[][]): Buffer {
  const screen = Buffer.from([0, 0, 0, 0, 0xf7, 0, 0])
  screen.writeUInt16LE(width, 0)
  screen.writeUInt16LE(height, 2)
  const table = Buffer.alloc(768)
  for (const [at, [red, green, blue]] of colours.entries()) table.set([red, green, blue], at * 3)
  return Buffer.concat([
    Buffer.from('GIF89a'),
    screen,
    table,
    ...frames.flatMap(indexes => [
      Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]),
      Buffer.from([0x2c, 0, 0, 0, 0, width & 255, width >> 8, height & 255, height >> 8, 0, 8]),
      subBlocks(nineBits(indexes)),
    ]),
    Buffer.from([0x3b]),
  ])
}

/** 256 clears the table, before it grows to codes of ten bits; 257 ends. */
function nineBits(indexes: number[]): Buffer {
  const codes = indexes.flatMap((index, at) => (at % 200 === 0 ? [256, index] : [index]))
  const octets: number[] = []
  let [held, count] = [0, 0]
  for (const code of [...codes, 257]) {
    held |= code << count
    count += 9
    for (; count >= 8; count -= 8, held >>= 8) octets.push(held & 255)
  }
  return Buffer.from([...octets, held])
}

function subBlocks(data: Buffer): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < data.length; at += 255) {
    const part = data.subarray(at, at + 255)
    blocks.push(Buffer.from([part.length]), part)
  }
  return Buffer.concat([...blocks, Buffer.alloc(1)])
}

/** An EXIF block: how the picture lies, whose camera it was, and where on earth it stood. */
export function exifOf(orientation: number): Buffer {
  const exif = Buffer.alloc(38)
  exif.write('MM\0*', 'latin1')
  exif.writeUInt32BE(8, 4)
  exif.writeUInt16BE(2, 8)
  exif.writeUInt16BE(0x0112, 10)
  exif.writeUInt16BE(3, 12)
  exif.writeUInt32BE(1, 14)
  exif.writeUInt16BE(orientation, 18)
  exif.writeUInt16BE(0x8825, 22)
  exif.writeUInt16BE(4, 24)
  exif.writeUInt32BE(1, 26)
  exif.writeUInt32BE(38, 30)
  return Buffer.concat([exif, Buffer.from('GPS 52.5200 N 13.4050 E\0Camera of Jo Hart\0')])
}

/** A JPEG with one more segment behind its first. */
export function withSegment(jpeg: Buffer, marker: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0])
  head.writeUInt16BE(data.length + 2, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, data, jpeg.subarray(2)])
}

export const withExif = (jpeg: Buffer, orientation: number) =>
  withSegment(jpeg, 0xe1, Buffer.concat([Buffer.from('Exif\0\0'), exifOf(orientation)]))

/** A JPEG whose frame header says that it has four inks. */
export function inFourInks(jpeg: Buffer): Buffer {
  const frame = [0xc0, 0xc1, 0xc2]
    .map(marker => jpeg.indexOf(Buffer.from([0xff, marker])))
    .find(at => at > 0)!
  const four = Buffer.concat([
    jpeg.subarray(0, frame + 10),
    Buffer.from([4, 17, 0, 4, 17, 0]),
    jpeg.subarray(frame + 10),
  ])
  four.writeUInt16BE(jpeg.readUInt16BE(frame + 2) + 6, frame + 2)
  four[frame + 9] = 4
  return four
}

/** An ICC profile of a screen: its three lights in XYZ under D50, and one power for all curves. */
function profileOf(lights: [number, number, number][], power: number): Buffer {
  const tags: [string, Buffer][] = [
    ...lights.map((light, at): [string, Buffer] => [
      `${'rgb'[at]}XYZ`,
      Buffer.concat([Buffer.from('XYZ \0\0\0\0'), ...light.map(fixed)]),
    ]),
    ...[0, 1, 2].map((at): [string, Buffer] => [
      `${'rgb'[at]}TRC`,
      Buffer.concat([Buffer.from('para\0\0\0\0\0\0\0\0'), fixed(power)]),
    ]),
  ]
  const head = Buffer.alloc(132)
  head.write('RGB XYZ ', 16)
  head.writeUInt32BE(tags.length, 128)
  let at = 132 + tags.length * 12
  const entries = tags.map(([name, data]) => {
    const entry = Buffer.alloc(12)
    entry.write(name)
    entry.writeUInt32BE(at, 4)
    entry.writeUInt32BE(data.length, 8)
    at += data.length
    return entry
  })
  return Buffer.concat([head, ...entries, ...tags.map(([, data]) => data)])
}

function fixed(value: number): Buffer {
  const octets = Buffer.alloc(4)
  octets.writeInt32BE(Math.round(value * 65536))
  return octets
}

/** Display P3, what the cameras of telephones write. */
export const displayP3 = () =>
  profileOf(
    [
      [0.51512, 0.2412, -0.00105],
      [0.29198, 0.69225, 0.04189],
      [0.1571, 0.06657, 0.78407],
    ],
    2.2,
  )
