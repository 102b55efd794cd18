import { decodePage } from './charset.ts'
import { isHtml } from './content-type.ts'
import type { Fetcher, FetchRefusal } from './fetcher.ts'
import { type ReadStory, storyIn } from './story.ts'
import { typedUrl } from './typed-url.ts'

export type ReadArticleOutcome =
  | { kind: 'read'; article: ReadStory }
  | { kind: 'not-a-url' }
  | { kind: 'refused'; status: number }
  | { kind: 'not-html'; contentType: string | null }
  | { kind: 'no-story' }
  | FetchRefusal

const mostTime = 10_000
const mostBytes = 5_000_000

/**
 * Reads the story at a URL, which may lack its scheme ("example.com/story"), within 10 s (or `timeoutMs`) and 5 MB.
 * JSON-LD goes before Open Graph, that before Readability, that before the bare title; each field is taken
 * from the first of them that has it. Whatever the page does is an outcome; it throws only for faults of our own.
 */
export async function readArticle(
  text: string,
  { fetcher, timeoutMs = mostTime }: { fetcher: Fetcher; timeoutMs?: number },
): Promise<ReadArticleOutcome> {
  const url = typedUrl(text)
  if (!url) return { kind: 'not-a-url' }
  const answer = await fetcher(url, {
    signal: AbortSignal.timeout(timeoutMs),
    headers: { accept: 'text/html, application/xhtml+xml;q=0.9' },
    maxBytes: mostBytes,
  })
  if (answer.kind !== 'answer') return answer
  if (answer.status < 200 || answer.status > 299) return { kind: 'refused', status: answer.status }
  const contentType = answer.headers.get('content-type')
  if (!isHtml(contentType, answer.body)) return { kind: 'not-html', contentType }
  const article = storyIn(decodePage(answer.body, contentType), answer.url)
  return article ? { kind: 'read', article } : { kind: 'no-story' }
}
