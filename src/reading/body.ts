import type { FetchAnswer, FetchRefusal } from './fetcher.ts'
import type { Answering } from './redirects.ts'

/**
 * Reads a response as an answer. What the body holds is counted as it arrives, decompressed, and reading ends
 * with the first byte too many: a Content-Length that lies or a gzip bomb costs no more than `maxBytes`.
 */
export async function readAnswer(
  { status, headers, body }: Answering,
  places: Pick<FetchAnswer, 'url' | 'settledAt'>,
  maxBytes: number,
): Promise<FetchAnswer | FetchRefusal> {
  if (!body || status < 200 || status > 299) {
    await body?.cancel()
    return { kind: 'answer', status, headers, ...places, body: new Uint8Array() }
  }
  if (Number(headers.get('content-length')) > maxBytes) {
    await body.cancel()
    return { kind: 'too-large', maxBytes }
  }
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value)
    length += part.value.byteLength
    if (length > maxBytes) {
      await reader.cancel()
      return { kind: 'too-large', maxBytes }
    }
  }
  return { kind: 'answer', status, headers, ...places, body: joined(chunks, length) }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}
