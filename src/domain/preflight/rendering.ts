import type { Pieces, Slot } from '../rendering.ts'
import { error, type Finding, warning } from './finding.ts'

/** Above this an HTML part is too large: Gmail clips it near 102,000 octets, the unsubscribe link with it. */
export const htmlLimit = 100_000
/** From here on a longer name of a story would do it. */
const nearLimit = 90_000

type Mail = {
  newsletterSlug: string
  html: Pieces
  text: Pieces
  /** Octets of the HTML for the reader with the longest values. */
  htmlSize: number
  /** Empty where the publication has none yet. */
  postalAddress: string
}

/** What every mail must have, however its template was changed: both parts, the way out, who sends it; and not too much. */
export function renderingFindings({ newsletterSlug: newsletter, html, text, ...mail }: Mail): Finding[] {
  const findings: Finding[] = []
  const size = { newsletter, octets: mail.htmlSize, limit: htmlLimit }
  if (mail.htmlSize > htmlLimit) findings.push(error({ code: 'html-too-large', ...size }))
  else if (mail.htmlSize > nearLimit) findings.push(warning({ code: 'html-nearly-too-large', ...size }))
  if (plain(said(text)) === '') findings.push(error({ code: 'no-text-part', newsletter }))
  else if (!has(text, 'unsubscribe')) findings.push(error({ code: 'no-unsubscribe-link', newsletter }))
  if (!has(html, 'unsubscribe')) findings.push(error({ code: 'no-unsubscribe-link', newsletter }))
  const lines = mail.postalAddress.split(/\r?\n/).map(plain).filter(Boolean)
  const parts = [plain(shown(said(html))), plain(said(text))]
  if (!parts.every(part => lines.every(line => part.includes(line))))
    findings.push(error({ code: 'no-imprint', newsletter }))
  return findings.filter(
    (finding, index) => index === findings.findIndex(other => other.code === finding.code),
  )
}

const has = (pieces: Pieces, slot: Slot) =>
  pieces.some(piece => typeof piece !== 'string' && piece.slot === slot)
const said = (pieces: Pieces) => pieces.filter(piece => typeof piece === 'string').join(' ')
const plain = (text: string) => text.replace(/\s+/g, ' ').trim()

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' }

/** HTML as it is read: without tags, with its commonest entities. */
const shown = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d{1,6})|([a-z]+));/g, (whole, number, name) =>
      number ? String.fromCodePoint(Number(number)) : (entities[name] ?? whole),
    )
