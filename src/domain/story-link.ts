import type { Pieces } from './rendering.ts'

/**
 * A document with the links of a digest's stories, which lead over this service, turned into addresses of the stories
 * themselves. Whatever stands there is our own, so that no signature is asked for: keys may have changed since.
 */
export function withStraightLinks(
  pieces: Pieces,
  digest: number,
  addressOf: (article: number) => string | undefined,
): Pieces {
  const link = new RegExp(
    String.raw`https?://[^\s"'<>?#]*?/l/\d{1,4}\.l\.${digest}\.(\d{1,15})\.[\w-]{22}`,
    'g',
  )
  return pieces.map(piece =>
    typeof piece === 'string'
      ? piece.replace(link, (whole, article) => addressOf(Number(article)) ?? whole)
      : piece,
  )
}
