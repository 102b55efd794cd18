import { links } from '../domain/links.ts'
import { readToken, signToken } from '../domain/tokens.ts'
import { databaseClock } from '../store/clock.ts'
import { type Digest, findDigest } from '../store/digests.ts'
import { findNewslettersById, type Newsletter } from '../store/newsletters.ts'
import { embargoOf } from './embargo.ts'
import type { Services } from './services.ts'
import type { TokenFault } from './token-fault.ts'

const days = 7
const second = 1000

/** A link that shows the digest, as it is saved when somebody looks, to whoever has it; for seven days. */
export async function makePreviewLink(
  { config, db, keys }: Pick<Services, 'config' | 'db' | 'keys'>,
  digest: Digest,
): Promise<{ url: string; until: Date }> {
  const expires = Math.floor((await databaseClock(db)).getTime() / second) + days * 24 * 60 * 60
  const token = signToken(keys, {
    purpose: 'preview',
    digest: digest.id,
    generation: digest.previewLinks,
    expires,
  })
  return { url: links.preview(config.publicUrl, token), until: new Date(expires * second) }
}

export type PreviewReading =
  | { kind: 'open'; digest: Digest; newsletters: Newsletter[]; until: Date }
  /** It shows nothing before. */
  | { kind: 'embargo'; until: Date }
  /** Its seven days are over, its editors ended it, or the digest was thrown away. */
  | { kind: 'ended' }
  | TokenFault

/** What a preview link shows now. Changes nothing. */
export async function readPreview(
  { db, keys }: Pick<Services, 'db' | 'keys'>,
  text: string,
): Promise<PreviewReading> {
  const reading = readToken(keys, ['preview'], text)
  if (reading.kind !== 'valid') return reading
  const { digest: id, generation, expires } = reading.token
  const digest = await findDigest(db, id)
  const now = await databaseClock(db)
  if (!digest || digest.hiddenAt || digest.previewLinks !== generation || expires * second <= now.getTime())
    return { kind: 'ended' }
  const embargo = await embargoOf(db, digest)
  if (embargo) return { kind: 'embargo', until: embargo.until }
  const newsletters = await findNewslettersById(
    db,
    digest.newsletters.map(one => one.id),
  )
  return { kind: 'open', digest, newsletters, until: new Date(expires * second) }
}
