import { expect, test } from 'vitest'
import { accentColours, contrast } from '../../src/domain/accent.ts'

test('contrast is WCAG’s', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21)
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2)
})

test('a colour that can be read stays as it is on light paper', () => {
  expect(accentColours('#8a1c1c')).toMatchObject({ light: '#8a1c1c', darkened: false })
  expect(accentColours('#8A1C1C').contrast).toBeCloseTo(9.1, 1)
})

test('any colour becomes readable on both papers, and on both tints', () => {
  const colours = [
    '#000000',
    '#ffffff',
    '#ffff00',
    '#00ff00',
    '#0000ff',
    '#ff00ff',
    '#7f7f7f',
    '#ff8800',
    '#012345',
  ]
  for (const colour of colours) {
    const { light, dark } = accentColours(colour)
    for (const ground of ['#fffdf8', '#f4f0e6'])
      expect(contrast(light, ground), `${colour} as ${light}`).toBeGreaterThanOrEqual(4.5)
    for (const ground of ['#14130f', '#211f1a'])
      expect(contrast(dark, ground), `${colour} as ${dark}`).toBeGreaterThanOrEqual(4.5)
  }
})

test('a colour too weak is darkened in its own hue, with its figure', () => {
  const { light, contrast: figure, darkened } = accentColours('#ffcc00')
  expect(darkened).toBe(true)
  expect(figure).toBeCloseTo(1.5, 1)
  const [r, g, b] = [1, 3, 5].map(at => Number.parseInt(light.slice(at, at + 2), 16))
  expect(r!).toBeGreaterThan(g!)
  expect(g!).toBeGreaterThan(b!)
})

test('what is no colour is refused', () => {
  expect(() => accentColours('red')).toThrow('not a colour')
})
