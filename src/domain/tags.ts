export type TagFault = 'too-long' | 'too-many' | 'not-one-line'
export type TagsReading = { kind: 'tags'; tags: string[] } | { kind: 'refused'; reason: TagFault }

/** What a reader may be filed under at once. */
export const mostTags = 50
const longest = 60

/** Reads tags as typed, separated by commas or semicolons: in lower case, each once; at most 50 of 60 characters. */
export function parseTags(typed: string): TagsReading {
  // Most rows of an import have none.
  if (typed === '') return { kind: 'tags', tags: [] }
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(typed)) return { kind: 'refused', reason: 'not-one-line' }
  const parts = typed
    .normalize('NFC')
    .toWellFormed()
    .toLowerCase()
    .split(/[,;]/)
    .map(part => part.trim())
  const tags = [...new Set(parts)].filter(Boolean)
  if (tags.some(tag => tag.length > longest)) return { kind: 'refused', reason: 'too-long' }
  return tags.length > mostTags ? { kind: 'refused', reason: 'too-many' } : { kind: 'tags', tags }
}
