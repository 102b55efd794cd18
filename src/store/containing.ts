import { type Column, ilike, type SQL } from 'drizzle-orm'

/** A text as it stands in a LIKE pattern. */
export const literal = (text: string) => text.replace(/[\\%_]/g, '\\$&')

/** Whether a text has this somewhere in it, whatever the case. Reads every row. */
export const contains = (text: Column | SQL, part: string) => ilike(text, `%${literal(part)}%`)

/** Whether a text has these words somewhere in it, whatever the case; `…` stands for anything. Reads every row. */
export const matching = (text: SQL, words: string): SQL =>
  ilike(text, `%${literal(words).replaceAll('…', '%')}%`)
