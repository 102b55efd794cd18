import { deflateSync } from 'node:zlib'
import { expect, test } from 'vitest'
import type { Pixels } from '../../src/pictures/pixels.ts'
import { recode } from '../../src/pictures/recode.ts'
import {
  avifOf,
  type Colour,
  codecs,
  displayP3,
  exifOf,
  gifOf,
  jpegOf,
  painted,
  photo,
  pngChunk,
  pngOf,
  pngOfPixels,
  quarters,
  webpOf,
  withExif,
  withSegment,
} from '../support/picture-files.ts'

const taken = (file: Uint8Array) => recode(file, codecs, { megapixels: 40 })

/** What a file became, decoded again. */
async function kept(file: Uint8Array) {
  const outcome = await taken(file)
  if (outcome.kind !== 'picture') throw new Error(JSON.stringify(outcome))
  const { picture } = outcome
  const pixels = await codecs.decode[picture.type === 'image/png' ? 'png' : 'jpeg'](picture.body)
  expect([pixels.width, pixels.height]).toEqual([picture.width, picture.height])
  expect(picture.body.length).toBeLessThanOrEqual(200_000)
  return { ...picture, pixels }
}

/** The colour in the middle of a quarter. */
function quarter({ width, height, data }: Pixels, right: 0 | 1, below: 0 | 1): number[] {
  const x = Math.floor(width / 4 + (right * width) / 2)
  const y = Math.floor(height / 4 + (below * height) / 2)
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]
}

const near = ([red, green, blue, opacity = 255]: Colour) =>
  [red, green, blue, opacity].map(value => expect.toSatisfy((found: number) => Math.abs(found - value) < 14))

const [red, green, blue, white]: Colour[] = [
  [220, 20, 20],
  [20, 200, 20],
  [20, 20, 220],
  [250, 250, 250],
]

test.each([
  ['JPEG', () => jpegOf(photo(640, 480))],
  ['PNG', async () => pngOfPixels(photo(640, 480))],
  ['WebP', () => webpOf(photo(640, 480))],
  ['WebP without loss', () => webpOf(photo(640, 480), { lossless: 1 })],
  ['AVIF', () => avifOf(photo(640, 480))],
])('a photo as %s is kept as a JPEG that looks the same', { timeout: 60_000 }, async (_, file) => {
  const { type, pixels } = await kept(await file())
  expect(type).toBe('image/jpeg')
  expect([pixels.width, pixels.height]).toEqual([640, 480])
  const wanted = photo(640, 480).data
  const off = pixels.data.reduce((sum, value, at) => sum + Math.abs(value - wanted[at]!), 0) / wanted.length
  expect(off).toBeLessThan(6)
})

test('a large photo becomes 1,200 pixels, and its quality sinks until it has 200 KB', async () => {
  const { width, height, type, body } = await kept(await jpegOf(photo(1500, 750)))
  expect({ width, height, type }).toEqual({ width: 1200, height: 600, type: 'image/jpeg' })
  expect(body.length).toBeLessThan(200_000)
  const high = await kept(await jpegOf(photo(450, 1350)))
  expect([high.width, high.height]).toEqual([400, 1200])
  const random = () => Math.random() * 256
  const grain = await kept(pngOfPixels(painted(500, 500, () => [random(), random(), random(), random()])))
  expect(grain.width).toBeLessThan(500)
  expect(grain.width).toBe(grain.height)
})

test('the same file gives the same octets', async () => {
  const file = await jpegOf(photo(300, 200))
  expect((await kept(file)).body).toEqual((await kept(file)).body)
})

test('a logo keeps its transparency and its colours to the last bit', async () => {
  const logo = painted(220, 60, (x, y) =>
    x > 20 && y > 10 ? [138, 28, 28, x % 3 ? 255 : 128] : [0, 0, 0, 0],
  )
  const { type, pixels } = await kept(pngOfPixels(logo))
  expect(type).toBe('image/png')
  expect(Buffer.from(pixels.data).equals(Buffer.from(logo.data))).toBe(true)
})

test('a photo that can be seen through is a PNG of 200 KB at most, and looks the same', async () => {
  const soft = photo(1200, 900)
  for (let at = 3; at < soft.data.length; at += 4) soft.data[at] = (at / 4) % 1200 < 600 ? 255 : 90
  const { type, width, pixels } = await kept(pngOfPixels(soft))
  expect(type).toBe('image/png')
  expect(width).toBeGreaterThan(300)
  expect(pixels.data[3]).toBe(255)
  expect(pixels.data[width * 4 - 1]).toSatisfy((opacity: number) => Math.abs(opacity - 90) < 12)
})

test('PNG of one bit, of a palette, of greys and of 16 bits', async () => {
  const striped = pngOf(
    { width: 16, height: 4, bits: 1, kind: 'grey' },
    Buffer.from('ff00ff00ff00ff00', 'hex'),
  )
  expect(quarter((await kept(striped)).pixels, 0, 0)).toEqual([255, 255, 255, 255])
  expect(quarter((await kept(striped)).pixels, 1, 0)).toEqual([0, 0, 0, 255])
  const palette = pngOf({ width: 2, height: 2, kind: 'palette' }, Buffer.from([0, 1, 1, 0]), [
    pngChunk('PLTE', Buffer.from([220, 20, 20, 20, 20, 220])),
    pngChunk('tRNS', Buffer.from([0, 255])),
  ])
  expect([...(await kept(palette)).pixels.data]).toEqual([
    0, 0, 0, 0, 20, 20, 220, 255, 20, 20, 220, 255, 0, 0, 0, 0,
  ])
  const deep = Buffer.alloc(4 * 4 * 6)
  for (let at = 0; at < deep.length; at += 6) deep.set([0xdc, 0xff, 0x14, 0, 0x14, 0x80], at)
  expect(
    quarter((await kept(pngOf({ width: 4, height: 4, bits: 16, kind: 'colour' }, deep))).pixels, 0, 0),
  ).toEqual(near(red!))
})

test('the first frame of a moving GIF stands', async () => {
  const colours: Colour[] = [red!, green!, blue!, white!]
  const first = Array.from({ length: 40 * 20 }, (_, at) =>
    at < 400 ? (at % 40 < 20 ? 0 : 1) : at % 40 < 20 ? 2 : 3,
  )
  const { type, pixels } = await kept(gifOf(40, 20, colours, [first, first.map(() => 0)]))
  expect(type).toBe('image/png')
  expect([pixels.width, pixels.height]).toEqual([40, 20])
  expect([
    quarter(pixels, 0, 0),
    quarter(pixels, 1, 0),
    quarter(pixels, 0, 1),
    quarter(pixels, 1, 1),
  ]).toEqual(colours.map(colour => [...colour, 255]))
})

test.each([1, 2, 3, 4, 5, 6, 7, 8] as const)(
  'a photo that lies as EXIF %i says stands upright',
  async orientation => {
    const [width, height] = [160, 80]
    const upright = quarters(width, height)
    const lying = orientation >= 5
    // Where a stored pixel belongs in the upright picture, by the table of EXIF.
    const place = (x: number, y: number): [number, number] => {
      const [right, bottom] = [width - 1, height - 1]
      return (
        [
          [x, y],
          [right - x, y],
          [right - x, bottom - y],
          [x, bottom - y],
          [y, x],
          [right - y, x],
          [right - y, bottom - x],
          [y, bottom - x],
        ] as [number, number][]
      )[orientation - 1]!
    }
    const stored = painted(lying ? height : width, lying ? width : height, (x, y) => {
      const [across, down] = place(x, y)
      return [...upright.data.subarray((down * width + across) * 4, (down * width + across) * 4 + 3)] as never
    })
    const { pixels } = await kept(withExif(await jpegOf(stored), orientation))
    expect([pixels.width, pixels.height]).toEqual([width, height])
    expect([
      quarter(pixels, 0, 0),
      quarter(pixels, 1, 0),
      quarter(pixels, 0, 1),
      quarter(pixels, 1, 1),
    ]).toEqual([red, green, blue, white].map(colour => near(colour!)))
  },
)

test('nothing of a file is kept but its pixels: no place, no camera, no profile, no words', async () => {
  const jpeg = withSegment(
    withExif(await jpegOf(photo(200, 100)), 1),
    0xfe,
    Buffer.from('<script>alert(1)</script>'),
  )
  const png = pngOfPixels(quarters(20, 20), [
    pngChunk('eXIf', exifOf(1)),
    pngChunk('tEXt', Buffer.from('GPS\0here')),
  ])
  for (const file of [jpeg, png]) {
    expect(file.includes('GPS')).toBe(true)
    const body = Buffer.from((await kept(file)).body)
    for (const word of ['GPS', 'Exif', 'Jo Hart', '<script', 'ICC_PROFILE', 'eXIf', 'tEXt'])
      expect([word, body.includes(word)]).toEqual([word, false])
  }
})

test('the wide colours of a telephone are turned into those of the web', async () => {
  // By the matrix of CSS Color 4, 18: 200, 60, 40 there is 219, 37, 13 here.
  const colour: Colour = [200, 60, 40]
  const wide = painted(64, 64, () => colour)
  const icc = Buffer.concat([Buffer.from('ICC_PROFILE\0\u0001\u0001', 'latin1'), displayP3()])
  const jpeg = await kept(withSegment(await jpegOf(wide, 98), 0xe2, icc))
  const iccp = pngChunk('iCCP', Buffer.concat([Buffer.from('P3\0\0', 'latin1'), deflateSync(displayP3())]))
  const png = await kept(pngOfPixels(wide, [iccp]))
  for (const { pixels } of [jpeg, png]) expect(quarter(pixels, 0, 0)).toEqual(near([219, 37, 13]))
  expect(quarter((await kept(pngOfPixels(wide))).pixels, 0, 0)).toEqual([...colour, 255])
})
