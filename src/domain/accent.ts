/** The least contrast that text may have (WCAG 2.2, 1.4.3). */
export const leastContrast = 4.5

/** What text of the accent's colour stands on: paper and tint, light and dark. */
const grounds = { light: ['#fffdf8', '#f4f0e6'], dark: ['#14130f', '#211f1a'] } as const
/** Light on dark is drawn paler than it needs to be, so that it does not glow. */
const aims = { light: leastContrast, dark: 7 } as const

/** The accent of a publication that has chosen none: its dark partner was picked by eye. */
const house = { light: '#8a1c1c', dark: '#ee9a8c' } as const

export type Accent = {
  /** The colours used on light and on dark paper: the publication's own where it can be read. */
  light: string
  dark: string
  /** What is written on a ground of these: paper. */
  onLight: string
  onDark: string
  /** The contrast of the colour as it was given, on light paper. */
  contrast: number
  /** Whether it was too weak for light paper, and was darkened. */
  darkened: boolean
}

export const isColour = (text: string): boolean => /^#[0-9a-f]{6}$/i.test(text)

/** Makes a publication's colour (#rrggbb) readable as text on both papers, keeping its hue. Throws for what is no colour. */
export function accentColours(colour: string): Accent {
  if (!isColour(colour)) throw new Error(`${colour} is not a colour`)
  const given = colour.toLowerCase()
  const light = readable(given, 'light')
  return {
    light,
    dark: given === house.light ? house.dark : readable(given, 'dark'),
    onLight: grounds.light[0],
    onDark: grounds.dark[0],
    contrast: contrast(given, grounds.light[0]),
    darkened: light !== given,
  }
}

/** The contrast of two colours, 1 to 21 (WCAG 2.2). */
export function contrast(a: string, b: string): number {
  const [x, y] = [luminance(a), luminance(b)]
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05)
}

function readable(colour: string, paper: 'light' | 'dark'): string {
  const enough = (candidate: string) =>
    grounds[paper].every(ground => contrast(candidate, ground) >= aims[paper])
  if (enough(colour)) return colour
  const { l, c, h } = toOklch(colour)
  const step = paper === 'light' ? -0.01 : 0.01
  for (let lightness = l; lightness > 0 && lightness < 1; lightness += step) {
    const candidate = fromOklch(lightness, c, h)
    if (enough(candidate)) return candidate
  }
  return paper === 'light' ? '#000000' : '#ffffff'
}

const channels = (colour: string) =>
  [1, 3, 5]
    .map(at => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map(value => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)) as Triple

type Triple = [number, number, number]

function luminance(colour: string): number {
  const [r, g, b] = channels(colour)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

// OKLCH after Björn Ottosson (CSS Color 4, 9.2): lightness moves without a change of hue.
function toOklch(colour: string) {
  const [r, g, b] = channels(colour)
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  const a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s
  const bb = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s
  return {
    l: 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    c: Math.hypot(a, bb),
    h: Math.atan2(bb, a),
  }
}

/** Gives up chroma until the colour exists in sRGB. */
function fromOklch(lightness: number, chroma: number, hue: number): string {
  for (let c = chroma; ; c -= 0.005) {
    const rgb = linear(lightness, Math.max(c, 0), hue)
    if (c <= 0 || rgb.every(value => value >= -0.0005 && value <= 1.0005)) return hex(rgb)
  }
}

function linear(lightness: number, chroma: number, hue: number): Triple {
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)]
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

const hex = (rgb: Triple) =>
  `#${rgb
    .map(value => Math.min(Math.max(value, 0), 1))
    .map(value => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055))
    .map(value =>
      Math.round(value * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
