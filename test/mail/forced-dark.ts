import type { Page } from 'playwright-core'

/**
 * What mail programs do that make any mail dark by themselves. `android`: as Chromium's forced dark in Android's web
 * views (kInvertLightnessLAB), lightness turned round in CIELAB, white to #121212. `outlook`: lightness turned round,
 * white to black, and the attributes set by which Outlook's apps and Outlook.com let a style sheet answer.
 */
export type ForcedDark = 'android' | 'outlook'

/** Inverts all colours of the page that is open, as they are in light. */
export const forceDark = (page: Page, kind: ForcedDark) => page.evaluate(invert, kind)

function invert(kind: ForcedDark) {
  const white = 100 + (kind === 'android' ? 5.5 : 0)
  const inverted = (colour: string): string | undefined => {
    const [r, g, b, alpha = 1] = colour.match(/[\d.]+/g)!.map(Number) as [number, number, number, number?]
    if (alpha === 0) return undefined
    const { l, a, b: yellow } = toLab([r, g, b])
    return `rgb(${fromLab(Math.min(white - l, 100), a, yellow).join(' ')})`
  }
  const linear = (value: number) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
  const curved = (value: number) => (value <= 0.0031308 ? 12.92 * value : 1.055 * value ** (1 / 2.4) - 0.055)
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116)
  const g = (t: number) => (t ** 3 > 216 / 24389 ? t ** 3 : (116 * t - 16) / (24389 / 27))
  // CIELAB of sRGB, D65 (IEC 61966-2-1, CIE 15).
  const toLab = (rgb: number[]) => {
    const [r, green, b] = rgb.map(value => linear(value / 255)) as [number, number, number]
    const x = f((0.4124 * r + 0.3576 * green + 0.1805 * b) / 0.9505)
    const y = f(0.2126 * r + 0.7152 * green + 0.0722 * b)
    const z = f((0.0193 * r + 0.1192 * green + 0.9505 * b) / 1.089)
    return { l: 116 * y - 16, a: 500 * (x - y), b: 200 * (y - z) }
  }
  const fromLab = (l: number, a: number, b: number) => {
    const fy = (l + 16) / 116
    const [x, y, z] = [0.9505 * g(fy + a / 500), g(fy), 1.089 * g(fy - b / 200)]
    return [
      3.2406 * x - 1.5372 * y - 0.4986 * z,
      -0.9689 * x + 1.8758 * y + 0.0415 * z,
      0.0557 * x - 0.204 * y + 1.057 * z,
    ].map(value => Math.round(255 * curved(Math.min(Math.max(value, 0), 1))))
  }
  const found = [...document.querySelectorAll<HTMLElement>('body, body *')].map(element => {
    const { color, backgroundColor } = getComputedStyle(element)
    return { element, color: inverted(color), ground: inverted(backgroundColor) }
  })
  for (const { element, color, ground } of found) {
    if (color) element.style.color = color
    if (ground) element.style.backgroundColor = ground
  }
  if (kind === 'outlook')
    for (const name of ['data-ogsc', 'data-ogsb']) document.documentElement.setAttribute(name, '')
}
