import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { CodecModules } from './codecs.ts'

const require = createRequire(import.meta.url)

function compiled(path: string) {
  let module: Promise<WebAssembly.Module> | undefined
  return () => {
    module ??= readFile(require.resolve(path)).then(octets => WebAssembly.compile(octets))
    return module
  }
}

/** The codecs from their packages' files: for the sources and the bundle alike. */
export const nodeCodecs: CodecModules = {
  jpegDecoder: compiled('@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'),
  jpegEncoder: compiled('@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'),
  png: compiled('@jsquash/png/codec/pkg/squoosh_png_bg.wasm'),
  webpDecoder: compiled('@jsquash/webp/codec/dec/webp_dec.wasm'),
  avifDecoder: compiled('@jsquash/avif/codec/dec/avif_dec.wasm'),
  resizer: compiled('@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm'),
}
