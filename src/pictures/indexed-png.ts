import type { Indexed } from './palette.ts'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

/** A PNG of one octet a pixel (PNG 3, 11.2): a quarter of what the same picture takes with its colours written out. */
export async function indexedPng({ width, height, colours, indexes }: Indexed): Promise<Uint8Array> {
  const head = new DataView(new ArrayBuffer(13))
  head.setUint32(0, width)
  head.setUint32(4, height)
  // 8 bits, by palette; compression, filters and order as always.
  head.setUint16(8, 0x0803)
  const rows = new Uint8Array((width + 1) * height)
  for (let row = 0; row < height; row++)
    rows.set(indexes.subarray(row * width, (row + 1) * width), row * (width + 1) + 1)
  const clear = colours.map(colour => colour >>> 24)
  const solid = clear.findLastIndex(opacity => opacity < 255) + 1
  return Buffer.concat([
    Uint8Array.from(signature),
    chunk('IHDR', new Uint8Array(head.buffer)),
    chunk('PLTE', Uint8Array.from(colours.flatMap(colour => [colour, colour >>> 8, colour >>> 16]))),
    ...(solid ? [chunk('tRNS', Uint8Array.from(clear.slice(0, solid)))] : []),
    chunk('IDAT', await deflated(rows)),
    chunk('IEND', new Uint8Array()),
  ])
}

const deflated = async (octets: Uint8Array<ArrayBuffer>) =>
  new Uint8Array(
    await new Response(
      new Blob([octets]).stream().pipeThrough(new CompressionStream('deflate')),
    ).arrayBuffer(),
  )

function chunk(type: string, data: Uint8Array): Uint8Array {
  const whole = new Uint8Array(12 + data.length)
  const view = new DataView(whole.buffer)
  view.setUint32(0, data.length)
  whole.set(Buffer.from(type, 'latin1'), 4)
  whole.set(data, 8)
  view.setUint32(8 + data.length, crc(whole.subarray(4, 8 + data.length)))
  return whole
}

const crcs = Uint32Array.from({ length: 256 }, (_, octet) => {
  let value = octet
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1
  return value
})

const crc = (octets: Uint8Array): number =>
  ~octets.reduce((value, octet) => crcs[(value ^ octet) & 255]! ^ (value >>> 8), 0xffffffff) >>> 0
