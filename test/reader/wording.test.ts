import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { languages } from '../../src/domain/languages.ts'
import { type WordingKind, wordingOf } from '../../src/domain/wording.ts'

const facts = {
  publication: 'The Ledger',
  newsletters: [
    { name: 'Morning Brief', cadence: 'weekdays', schedule: 'Weekdays, 6:30', carriesAdvertising: false },
    { name: 'White papers', cadence: 'monthly', schedule: '', carriesAdvertising: true },
  ],
} as const

const kinds: WordingKind[] = [
  'sign-up',
  'elsewhere',
  'confirm',
  'confirm-correctable',
  'confirm-counted',
  'join',
  'leave',
  'one-click',
  'undo',
  'pause',
  'resume',
  'address',
]

test('a wording says who writes, how often, whether it carries advertising, and that leaving is one click', () => {
  expect(wordingOf('confirm', 'en', facts)).toEqual({
    version: 'confirm/en/1',
    text: 'I want Morning Brief (Weekdays, 6:30) and White papers (monthly; carries advertising) from The Ledger by mail to this address. Every mail lets me leave with one click.',
  })
  expect(wordingOf('confirm', 'de', facts).text).toBe(
    'Ich möchte Morning Brief (Weekdays, 6:30) und White papers (monatlich; enthält Werbung) von The Ledger per E-Mail an diese Adresse bekommen. Jede E-Mail lässt mich mit einem Klick abbestellen.',
  )
})

test('a version is one text for ever: who changes a sentence gives it a new number, and adds it here', () => {
  const texts = Object.fromEntries(
    kinds.flatMap(kind =>
      languages.map(language => {
        const { version, text } = wordingOf(kind, language, facts)
        return [version, createHash('sha256').update(text).digest('hex').slice(0, 12)]
      }),
    ),
  )
  expect(texts).toMatchInlineSnapshot(`
    {
      "address/de/1": "2fc00aed3f8e",
      "address/en/1": "a8b837e29c22",
      "confirm-correctable/de/1": "b48502088bd7",
      "confirm-correctable/en/1": "d8d5c848afb4",
      "confirm-counted/de/1": "de65829c97f3",
      "confirm-counted/en/1": "3362df18efa4",
      "confirm/de/1": "cde456981831",
      "confirm/en/1": "d9232042ab75",
      "elsewhere/de/1": "1b9458429b79",
      "elsewhere/en/1": "07e4b7641d55",
      "join/de/1": "7009a1fe4840",
      "join/en/1": "457e80902c7d",
      "leave/de/1": "d4888346e44a",
      "leave/en/1": "0206c2c80844",
      "one-click/de/1": "49f102f6c9f9",
      "one-click/en/1": "ba36805f3a91",
      "pause/de/1": "1bf1b87d83fc",
      "pause/en/1": "33133fe739fc",
      "resume/de/1": "61a9b1c73faa",
      "resume/en/1": "7ecf4f6e7239",
      "sign-up/de/1": "f46093592326",
      "sign-up/en/1": "e93dc687f991",
      "undo/de/1": "cbb59e7dc148",
      "undo/en/1": "76f58da28f47",
    }
  `)
})
