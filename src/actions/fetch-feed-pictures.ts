import { claimPictures, givePictureBack } from '../store/feed-articles.ts'
import { fetchPicture } from './fetch-picture.ts'
import type { Services } from './services.ts'

/**
 * Fetches the pictures of stories that feeds have brought, of at most `limit` stories one after the other, each once:
 * the tray shows them from here, and no editor's browser asks their site. Answers how many it asked for; when that is
 * `limit`, more may be due. One that can't be had stays where it is on the web.
 */
export async function fetchFeedPictures(
  services: Pick<Services, 'db' | 'fetcher' | 'recode' | 'log'>,
  { limit, signal }: { limit: number; signal?: AbortSignal },
): Promise<number> {
  const claimed = await claimPictures(services.db, limit)
  for (const id of claimed) {
    const outcome = await fetchPicture(services, id, { signal }).catch(error =>
      services.log.error({ err: error, article: id }, 'a feed’s picture could not be taken in'),
    )
    if (signal?.aborted && outcome?.kind !== 'kept') await givePictureBack(services.db, id)
  }
  return claimed.length
}
