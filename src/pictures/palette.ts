import type { Pixels } from './pixels.ts'

/** A picture of at most 256 colours, each with its opacity (0xAABBGGRR): one octet a pixel. */
export type Indexed = { width: number; height: number; colours: number[]; indexes: Uint8Array<ArrayBuffer> }

const most = 256

/** The picture by its own colours, where it has at most 256; undefined where there are more. */
export function exactPalette({ width, height, data }: Pixels): Indexed | undefined {
  const pixels = new Uint32Array(data.buffer)
  const places = new Map<number, number>()
  const indexes = new Uint8Array(pixels.length)
  for (let at = 0; at < pixels.length; at++) {
    // What can't be seen is one colour.
    const colour = pixels[at]! >>> 24 === 0 ? 0 : pixels[at]!
    let place = places.get(colour)
    if (place === undefined) {
      place = places.size
      if (place === most) return undefined
      places.set(colour, place)
    }
    indexes[at] = place
  }
  return { width, height, colours: [...places.keys()], indexes }
}

/**
 * The picture in the 256 colours that fit it best, by median cut over red, green, blue and opacity in 32 steps each:
 * what is lost of a soft shadow or a gradient is a step that the eye hardly finds.
 */
export function bestPalette({ width, height, data }: Pixels): Indexed {
  const pixels = Uint32Array.from(new Uint32Array(data.buffer), coarse)
  const counts = new Uint32Array(1 << 20)
  for (const colour of pixels) counts[colour]!++
  const boxes = [boxOf(new Uint32Array(new Set(pixels)), counts)]
  while (boxes.length < most) {
    const widest = boxes.reduce((best, box, at) => (box.loss > boxes[best]!.loss ? at : best), 0)
    if (boxes[widest]!.loss === 0) break
    boxes.splice(widest, 1, ...halves(boxes[widest]!, counts))
  }
  const places = new Uint8Array(1 << 20)
  for (const [place, { colours }] of boxes.entries()) for (const colour of colours) places[colour] = place
  return {
    width,
    height,
    colours: boxes.map(({ colours }) => meanOf(colours, counts)),
    indexes: Uint8Array.from(pixels, colour => places[colour]!),
  }
}

/** Five bits of each channel. */
const coarse = (colour: number) =>
  colour >>> 24 === 0
    ? 0
    : ((colour >>> 3) & 31) |
      (((colour >>> 11) & 31) << 5) |
      (((colour >>> 19) & 31) << 10) |
      ((colour >>> 27) << 15)

const channels = [0, 5, 10, 15]

/** Colours that share one; `loss`: how much that takes from the picture, over the channel in which they differ most. */
type Box = { colours: Uint32Array; loss: number; channel: number }

function boxOf(colours: Uint32Array, counts: Uint32Array): Box {
  const low = [31, 31, 31, 31]
  const high = [0, 0, 0, 0]
  for (const colour of colours)
    for (let at = 0; at < 4; at++) {
      const value = (colour >>> (at * 5)) & 31
      if (value < low[at]!) low[at] = value
      if (value > high[at]!) high[at] = value
    }
  const lengths = channels.map((_, at) => high[at]! - low[at]!)
  const length = Math.max(...lengths)
  return {
    colours,
    loss: length * Math.sqrt(pixelsOf(colours, counts)),
    channel: channels[lengths.indexOf(length)]!,
  }
}

const pixelsOf = (colours: Uint32Array, counts: Uint32Array) =>
  colours.reduce((sum, colour) => sum + counts[colour]!, 0)

/** Cut where half of the pixels lie on either side. */
function halves({ colours, channel }: Box, counts: Uint32Array): [Box, Box] {
  colours.sort((a, b) => ((a >>> channel) & 31) - ((b >>> channel) & 31))
  const half = pixelsOf(colours, counts) / 2
  let [cut, sum] = [1, counts[colours[0]!]!]
  while (sum < half && cut < colours.length - 1) sum += counts[colours[cut++]!]!
  return [boxOf(colours.subarray(0, cut), counts), boxOf(colours.subarray(cut), counts)]
}

function meanOf(colours: Uint32Array, counts: Uint32Array): number {
  const pixels = pixelsOf(colours, counts)
  return channels.reduce((mixed, channel, at) => {
    const sum = colours.reduce((sum, colour) => sum + ((colour >>> channel) & 31) * counts[colour]!, 0)
    return (mixed | (Math.round((sum / pixels / 31) * 255) << (at * 8))) >>> 0
  }, 0)
}
