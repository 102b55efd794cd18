import { articleAddress } from '../domain/article-address.ts'
import { fetchPicture } from './fetch-picture.ts'
import { type ImportArticleOutcome, importArticle } from './import-article.ts'
import type { Services } from './services.ts'

/** The most links at once. */
export const mostImports = 50

type Deps = Pick<Services, 'db' | 'fetcher' | 'recode' | 'log'>
export type ImportedLine = { typed: string; outcome: ImportArticleOutcome }

const atOnce = 4
const mostTime = 20_000
const mostTimeForOne = 10_000

/** Pictures that wait longer are fetched when their story is saved. */
const timeForPictures = 0.5

/**
 * Imports stories from their addresses as `importArticle` does, four at a time and within 20 s in all (or `timeoutMs`):
 * what is not read by then is refused as a timeout. Then their pictures are fetched, for half as long at most. Answers in the order of the addresses; of two that name the same
 * story the second is known.
 */
export async function importArticles(
  services: Deps,
  urls: readonly string[],
  { timeoutMs = mostTime }: { timeoutMs?: number } = {},
): Promise<ImportedLine[]> {
  const end = Date.now() + timeoutMs
  const outcomes = new Map<number, ImportArticleOutcome>()
  const firsts = [
    ...new Map(urls.map((url, at) => [articleAddress(url) ?? url, at] as const).reverse()).values(),
  ]
  const repeats = [...urls.keys()].filter(at => !firsts.includes(at))

  const importAll = async (waiting: number[]) => {
    for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) {
      const left = Math.min(end - Date.now(), mostTimeForOne)
      outcomes.set(
        at,
        left > 0
          ? await importArticle(services, urls[at]!, { timeoutMs: left, picture: 'later' })
          : { kind: 'refused', refusal: { kind: 'timeout' } },
      )
    }
  }
  for (const waiting of [firsts.toSorted((a, b) => a - b), repeats])
    await Promise.all(Array.from({ length: atOnce }, () => importAll(waiting)))
  await fetchPictures(services, [...outcomes.values()], Date.now() + timeoutMs * timeForPictures)
  return urls.map((typed, at) => ({ typed, outcome: outcomes.get(at)! }))
}

async function fetchPictures(services: Deps, outcomes: readonly ImportArticleOutcome[], end: number) {
  const waiting = outcomes.flatMap(outcome => (outcome.kind === 'imported' ? [outcome.article.id] : []))
  const fetchAll = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const left = end - Date.now()
      if (left <= 0) return
      await fetchPicture(services, id, { timeoutMs: left }).catch(error =>
        services.log.error({ err: error }, 'a story was imported without its picture'),
      )
    }
  }
  await Promise.all(Array.from({ length: atOnce }, fetchAll))
}
