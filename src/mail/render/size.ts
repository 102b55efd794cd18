import type { Pieces } from '../../domain/rendering.ts'
import { fillPieces } from './slots.ts'

/** Octets of the HTML for a reader with the longest values: a name of 200 characters, tokens of 300. */
export const htmlSize = (html: Pieces, publicUrl: string): number => {
  const url = `${publicUrl}/unsubscribe/${'x'.repeat(300)}`
  return Buffer.byteLength(
    fillPieces(html, { name: 'ü'.repeat(200), unsubscribeUrl: url, preferencesUrl: url }, 'html'),
  )
}
