export type NameRefusal = 'too-long' | 'not-one-line'

export type NameReading = { kind: 'name'; name: string } | { kind: 'refused'; reason: NameRefusal }

/** Reads a reader's name as typed: at most 100 characters on one line, so that it may stand in a header; may be empty. */
export function parseName(typed: string): NameReading {
  if (typed.length > 1000) return { kind: 'refused', reason: 'too-long' }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(typed)) return { kind: 'refused', reason: 'not-one-line' }
  const name = typed.normalize('NFC').toWellFormed().trim()
  if ([...name].length > 100) return { kind: 'refused', reason: 'too-long' }
  return { kind: 'name', name }
}

/** A few words of a reader, on one line, cut at 500 characters: nothing in them is refused, since nobody must explain. */
export const parseRemark = (typed: string): string =>
  [
    ...typed
      .slice(0, 5000)
      .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .toWellFormed()
      .trim(),
  ]
    .slice(0, 500)
    .join('')
