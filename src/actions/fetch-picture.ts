import type { FetchRefusal } from '../reading/fetcher.ts'
import { findArticle } from '../store/articles.ts'
import { giveFetchedPicture } from '../store/pictures.ts'
import { type KeepPictureOutcome, keepPicture } from './keep-picture.ts'
import type { Services } from './services.ts'

export type FetchPictureOutcome =
  | KeepPictureOutcome
  /** The story is gone, has no picture on the web, or has it here already. */
  | { kind: 'nothing-to-fetch' }
  /** Its site did not hand it out. */
  | { kind: 'not-had'; refusal: FetchRefusal | { kind: 'refused'; status: number } }

const mostTime = 10_000
const mostBytes = 15 * 1024 * 1024

/**
 * Fetches the picture that a story names on the web, once, and keeps it: within 10 s and 15 MB, from public addresses
 * only (FETCH_ALLOW excepted); `timeoutMs` gives it less time, `signal` ends it. A picture that can't be had leaves the
 * story as it is, with its picture where it was.
 */
export async function fetchPicture(
  services: Pick<Services, 'db' | 'fetcher' | 'recode'>,
  articleId: number,
  { timeoutMs = mostTime, signal }: { timeoutMs?: number; signal?: AbortSignal } = {},
): Promise<FetchPictureOutcome> {
  const article = await findArticle(services.db, articleId)
  const imageUrl = article && !article.pictureHash ? article.imageUrl : null
  if (!imageUrl) return { kind: 'nothing-to-fetch' }
  const answer = await services.fetcher(new URL(imageUrl), {
    signal: AbortSignal.any([
      AbortSignal.timeout(Math.min(timeoutMs, mostTime)),
      ...(signal ? [signal] : []),
    ]),
    headers: { accept: 'image/avif, image/webp, image/png, image/jpeg, image/gif' },
    maxBytes: mostBytes,
  })
  if (answer.kind !== 'answer') return { kind: 'not-had', refusal: answer }
  if (answer.status < 200 || answer.status > 299)
    return { kind: 'not-had', refusal: { kind: 'refused', status: answer.status } }
  const kept = await keepPicture(services, answer.body)
  if (kept.kind === 'kept') await giveFetchedPicture(services.db, { articleId, imageUrl, hash: kept.hash })
  return kept
}
