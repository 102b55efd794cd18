import type { Pixels } from './pixels.ts'

type Curve = (value: number) => number
/** Three curves to linear light, and what a mix of the three lights is in CIE XYZ under D50. */
export type ColourProfile = { curves: [Curve, Curve, Curve]; lights: number[] }

/**
 * Reads an ICC profile of the kind that screens and cameras have: three curves and a matrix (ICC.1:2022, F.3), such as
 * Display P3 and Adobe RGB. Undefined for others, and for what can't be read: such a picture is taken for sRGB.
 */
export function readProfile(octets: Uint8Array): ColourProfile | undefined {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
  try {
    if (word(view, 16) !== 'RGB ' || word(view, 20) !== 'XYZ ') return undefined
    const tags = new Map<string, number>()
    for (let tag = 0; tag < Math.min(view.getUint32(128), 100); tag++)
      tags.set(word(view, 132 + tag * 12), view.getUint32(136 + tag * 12))
    const light = (name: string) => [8, 12, 16].map(offset => fixed(view, tags.get(name)! + offset))
    const [red, green, blue] = [light('rXYZ'), light('gXYZ'), light('bXYZ')]
    const curve = (name: string) => curveAt(view, tags.get(name)!)
    const curves = [curve('rTRC'), curve('gTRC'), curve('bTRC')] as const
    if (!curves[0] || !curves[1] || !curves[2]) return undefined
    return {
      curves: [curves[0], curves[1], curves[2]],
      lights: [0, 1, 2].flatMap(row => [red![row]!, green![row]!, blue![row]!]),
    }
  } catch (error) {
    // It points outside of itself, or lacks a tag.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

const word = (view: DataView, at: number) =>
  String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))

const fixed = (view: DataView, at: number) => view.getInt32(at) / 65536

/** `curv`: nothing, a power, or a table; `para`: one of five formulas (ICC.1:2022, 10.6 and 10.18). */
function curveAt(view: DataView, at: number): Curve | undefined {
  const kind = word(view, at)
  if (kind === 'curv') {
    const count = view.getUint32(at + 8)
    if (count === 0) return value => value
    const entry = (index: number) => view.getUint16(at + 12 + 2 * index)
    if (count === 1) {
      const power = entry(0) / 256
      return value => value ** power
    }
    const last = count - 1
    entry(last)
    return value => {
      const place = value * last
      const low = Math.floor(place)
      const start = entry(low)
      return (start + (entry(Math.min(low + 1, last)) - start) * (place - low)) / 65535
    }
  }
  if (kind !== 'para') return undefined
  const form = view.getUint16(at + 8)
  const parameters = [1, 3, 4, 5, 7][form]
  if (parameters === undefined) return undefined
  const [g = 1, a = 1, b = 0, c = 0, d = 0, e = 0, f = 0] = Array.from({ length: parameters }, (_, index) =>
    fixed(view, at + 12 + 4 * index),
  )
  if (form === 0) return value => value ** g
  if (form === 1) return value => (value >= -b / a ? (a * value + b) ** g : 0)
  if (form === 2) return value => (value >= -b / a ? (a * value + b) ** g + c : c)
  return value => (value >= d ? (a * value + b) ** g + e : c * value + f)
}

/** From CIE XYZ under D50 to the linear light of sRGB. */
const toSrgb = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
]

const steps = 4095
/** sRGB's own curve (IEC 61966-2-1), for linear light from 0 to 1 in steps. */
const encoded = Uint8ClampedArray.from({ length: steps + 1 }, (_, step) => {
  const light = step / steps
  return 255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055)
})

/** The picture in sRGB, which is what pictures without a profile are taken for. Changes it in place. */
export function inSrgb({ data }: Pixels, { curves, lights }: ColourProfile): void {
  const mix = [0, 1, 2].flatMap(row =>
    [0, 1, 2].map(column =>
      [0, 1, 2].reduce((sum, middle) => sum + toSrgb[row * 3 + middle]! * lights[middle * 3 + column]!, 0),
    ),
  )
  const [reds, greens, blues] = curves.map(curve =>
    Float32Array.from({ length: 256 }, (_, value) => curve(value / 255) * steps),
  ) as [Float32Array, Float32Array, Float32Array]
  const lit = (row: number, red: number, green: number, blue: number) =>
    encoded[
      Math.max(0, Math.min(steps, Math.round(mix[row]! * red + mix[row + 1]! * green + mix[row + 2]! * blue)))
    ]!
  for (let at = 0; at < data.length; at += 4) {
    const [red, green, blue] = [reds[data[at]!]!, greens[data[at + 1]!]!, blues[data[at + 2]!]!]
    data[at] = lit(0, red, green, blue)
    data[at + 1] = lit(3, red, green, blue)
    data[at + 2] = lit(6, red, green, blue)
  }
}
