import { expect, test } from 'vitest'
import { preferredLanguage } from '../../src/domain/languages.ts'
import { quickest } from '../support/quickest.ts'

test.each([
  ['en', 'en'],
  ['de', 'de'],
  ['DE-AT', 'de'],
  ['de-CH, de;q=0.9, en;q=0.8', 'de'],
  ['fr, de;q=0.5, en;q=0.7', 'en'],
  ['en;q=0.2, de;q=0.8', 'de'],
  // Of equal weight the first.
  ['de, en', 'de'],
  ['en, de', 'en'],
  ['de;q=0, en;q=0.1', 'en'],
  ['de;q=0', undefined],
  ['fr-CA, fr;q=0.8', undefined],
  ['*', undefined],
  ['', undefined],
  [undefined, undefined],
  [';;;,,,q=', undefined],
  ['de;q=abc, en;q=0.1', 'de'],
  ['deutsch, english', undefined],
  [`${'fr,'.repeat(100_000)}de`, undefined],
] as const)('%j wishes for %s', async (header, language) => {
  expect(preferredLanguage(header)).toBe(language)
  expect(await quickest(() => preferredLanguage(header))).toBeLessThan(50)
})
