import avifDecoder from '@jsquash/avif/codec/dec/avif_dec.js'
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js'
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.js'
import { defaultEncodeOptions } from '@jsquash/jpeg/meta.js'
import initPng, { decode as decodePng, encode as encodePng } from '@jsquash/png/codec/pkg/squoosh_png.js'
import initResizer, { resize } from '@jsquash/resize/lib/resize/pkg/squoosh_resize.js'
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.js'
import type { Pixels } from './pixels.ts'

/** The compiled codecs, each asked for when it is needed: Node reads them from files, Workers import them. */
export type CodecModules = Record<
  'jpegDecoder' | 'jpegEncoder' | 'png' | 'webpDecoder' | 'avifDecoder' | 'resizer',
  () => WebAssembly.Module | Promise<WebAssembly.Module>
>

/** Decodes and encodes. A decoder throws, whatever it likes, for what it can't read. */
export type Codecs = {
  decode: Record<'jpeg' | 'png' | 'webp' | 'avif', (octets: Uint8Array) => Promise<Pixels>>
  /** `quality` from 1 to 100. */
  encodeJpeg(pixels: Pixels, quality: number): Promise<Uint8Array>
  encodePng(pixels: Pixels): Promise<Uint8Array>
  resize(pixels: Pixels, width: number, height: number): Promise<Pixels>
}

type Decoder = { decode(octets: Uint8Array, option?: unknown): Pixels | null }
type JpegEncoder = {
  encode(data: Uint8ClampedArray, width: number, height: number, options: object): Uint8Array
}

/** Lanczos, in linear light, with colours weighed by their opacity. */
const [lanczos3, premultiply, linearLight] = [3, true, true]

/** `mostMemory`: octets that a decoder may take; with less than it asks for it gives up. */
export function codecsOf(modules: CodecModules, { mostMemory }: { mostMemory: number }): Codecs {
  const decoderOf =
    (factory: unknown, module: keyof CodecModules, option?: unknown) => async (octets: Uint8Array) => {
      // A new one for each picture: its memory grows with a picture, and never shrinks.
      const codec = await started<Decoder>(factory, await modules[module](), mostMemory)
      const pixels = option === undefined ? codec.decode(octets) : codec.decode(octets, option)
      if (!pixels) throw new Error('the decoder gave nothing')
      return pixels
    }
  return {
    decode: {
      // False: it is turned upright when it is small.
      jpeg: decoderOf(jpegDecoder, 'jpegDecoder', false),
      webp: decoderOf(webpDecoder, 'webpDecoder'),
      avif: decoderOf(avifDecoder, 'avifDecoder', 8),
      async png(octets) {
        withImageData()
        await initPng(modules.png())
        return decodePng(octets) as Pixels
      },
    },
    async encodeJpeg({ data, width, height }, quality) {
      const codec = await started<JpegEncoder>(jpegEncoder, await modules.jpegEncoder(), mostMemory)
      return codec.encode(data, width, height, { ...defaultEncodeOptions, quality })
    },
    async encodePng({ data, width, height }) {
      await initPng(modules.png())
      return encodePng(new Uint8Array(data.buffer), width, height, 8)
    },
    async resize(pixels, width, height) {
      await initResizer(modules.resizer())
      const { data, ...size } = pixels
      const resized = resize(
        new Uint8Array(data.buffer),
        size.width,
        size.height,
        width,
        height,
        lanczos3,
        premultiply,
        linearLight,
      )
      return { width, height, data: new Uint8ClampedArray(resized) }
    },
  }
}

/** Starts a codec that Emscripten made, without it looking for its file or writing to the console. */
async function started<T>(factory: unknown, module: WebAssembly.Module, mostMemory: number): Promise<T> {
  withImageData()
  const start = factory as (options: object) => Promise<T>
  return start({
    noInitialRun: true,
    locateFile: (name: string) => name,
    print: () => {},
    printErr: () => {},
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void) {
      const instance = new WebAssembly.Instance(module, imports)
      for (const memory of Object.values(instance.exports))
        if (memory instanceof WebAssembly.Memory) limitMemory(memory, mostMemory)
      done(instance)
      return instance.exports
    },
  })
}

/** Growing goes through this method, and a codec takes a throw for "no more memory". */
function limitMemory(memory: WebAssembly.Memory, most: number) {
  memory.grow = pages => {
    if (memory.buffer.byteLength + pages * 65_536 > most) throw new RangeError('a codec may not have so much')
    return WebAssembly.Memory.prototype.grow.call(memory, pages)
  }
}

/** What decoders make, where the platform has none. */
function withImageData() {
  const scope = globalThis as { ImageData?: unknown }
  scope.ImageData ??= class {
    data: Uint8ClampedArray
    width: number
    height: number
    constructor(data: Uint8ClampedArray, width: number, height: number) {
      this.data = data
      this.width = width
      this.height = height
    }
  }
}
