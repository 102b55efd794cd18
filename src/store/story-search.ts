import { type SQL, sql } from 'drizzle-orm'
import { contains } from './containing.ts'
import { articles, wordsOf } from './schema/content.ts'

/** What may stand before a word. */
const before = [' ', '\n', '(', '“', '„', '"', '‘', '-', '/', '»', '«']

/**
 * Whether a story has this in its title, section or standfirst, whatever the case. One or two letters, such as "EU", are
 * sought at the beginnings of words: the index knows nothing shorter than three inside of them, and without it 200,000
 * stories take 0.5 s instead of 10 ms.
 */
export function storyHas(search: string): SQL {
  const words = wordsOf(articles)
  if (!/^[a-z0-9]{1,2}$/i.test(search)) return contains(words, search)
  const patterns = [`${search}%`, ...before.map(mark => `%${mark}${search}%`)]
  return sql`${words} ilike any(${sql.param(patterns)}::text[])`
}
