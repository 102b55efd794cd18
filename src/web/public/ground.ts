import type { Context } from 'hono'
import type { Language } from '../../domain/languages.ts'
import { type Publication, readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'

/** What every page for readers stands on. */
export type Ground = { publication: Publication; language: Language }

/** Reads it. The language is the newsletter's or the reader's where one is given, else the browser's, else ours. */
export async function groundOf(c: Context<AppEnv>, language?: Language): Promise<Ground> {
  const publication = await readPublication(c.var.services.db)
  return { publication, language: language ?? c.var.wish ?? publication.language }
}
