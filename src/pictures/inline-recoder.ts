import avifDecoder from '@jsquash/avif/codec/dec/avif_dec.wasm'
import jpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm'
import jpegEncoder from '@jsquash/jpeg/codec/enc/mozjpeg_enc.wasm'
// @ts-expect-error: the package describes what an instance exports, and wrangler gives the module.
import png from '@jsquash/png/codec/pkg/squoosh_png_bg.wasm'
// @ts-expect-error: the same.
import resizer from '@jsquash/resize/lib/resize/pkg/squoosh_resize_bg.wasm'
import webpDecoder from '@jsquash/webp/codec/dec/webp_dec.wasm'
import { codecsOf } from './codecs.ts'
import { type Recode, recode } from './recode.ts'

const codecs = codecsOf(
  {
    jpegDecoder: () => jpegDecoder,
    jpegEncoder: () => jpegEncoder,
    png: () => png,
    webpDecoder: () => webpDecoder,
    avifDecoder: () => avifDecoder,
    resizer: () => resizer,
  },
  { mostMemory: 96 * 1024 * 1024 },
)

/**
 * Takes pictures in at once, for Workers, which have no threads. An isolate has 128 MB, and a progressive photo needs
 * up to 14 octets a pixel while it is decoded: hence 6 megapixels.
 */
export const inlineRecoder: Recode = octets => recode(octets, codecs, { megapixels: 6 })
