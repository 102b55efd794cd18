/** What an editor may write in a text block for the reader's name, with what stands there for one who gave none. */
export type PersonalPart = { raw: string; otherwise: string }

const longest = 60
const pattern = /^\{\{[^\S\n]*name[^\S\n]*(?:\|([^{}|\n\p{Cc}]*))?\}\}/u

/**
 * Reads `{{ name }}` or `{{ name | friend }}` at the start of a text. The words after the bar are plain text of at most
 * 60 characters. Undefined for everything else, which stays as it was typed.
 */
export function readPersonalPart(text: string): PersonalPart | undefined {
  const found = pattern.exec(text)
  if (!found) return undefined
  const otherwise = (found[1] ?? '').trim()
  return [...otherwise].length > longest ? undefined : { raw: found[0], otherwise }
}
