import type { Context } from 'hono'
import { type Digest, findDigest } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { pathId } from '../path-id.ts'
import { refusalPage } from './refusal.tsx'

/** The digest of the path; undefined for one that is not there or hidden. */
export async function digestOf(c: Context<AppEnv>): Promise<Digest | undefined> {
  const id = pathId(c)
  const digest = id === undefined ? undefined : await findDigest(c.var.services.db, id)
  return digest?.hiddenAt ? undefined : digest
}

export const missing = (c: Context<AppEnv>) => refusalPage(c, 404, words => words.missing)
