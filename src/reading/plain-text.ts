import { Parser } from 'htmlparser2'

/**
 * Text of one line, as it is meant to be read: entities decoded (also those that a site encoded twice), mark-up
 * taken out, white space collapsed, control characters and invisible marks gone, at most `most` UTF-16 units.
 * Only paired tags that text carries, `<br>` and `<p>` count as mark-up: `<script>` or `2 < 3` in a headline are
 * characters that somebody wrote, and stay.
 */
export function plainText(text: string, most: number): string {
  const decoded = decodeEntities(text.slice(0, most * 8))
  return shortened(oneLine(withoutTags(decoded)), most)
}

function decodeEntities(text: string): string {
  if (!text.includes('&')) return text
  const parts: string[] = []
  new Parser({ ontext: part => void parts.push(part) }).end(text.replaceAll('<', '&lt;'))
  return parts.join('')
}

const inlineTags = 'a|abbr|b|big|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|time|u'
const blockTags = 'article|blockquote|div|h[1-6]|li|ol|section|ul'
const tag = new RegExp(`<(/?)(${inlineTags}|${blockTags}|p|br)(?:\\s[^<>]*)?/?>`, 'gi')

function withoutTags(text: string): string {
  const opened = new Set<string>()
  const closed = new Set<string>()
  for (const [, slash, name] of text.matchAll(tag)) (slash ? closed : opened).add(name!.toLowerCase())
  return text.replace(tag, (whole, _slash, name: string) => {
    const known = name.toLowerCase()
    if (known === 'p' || known === 'br') return ' '
    if (!opened.has(known) || !closed.has(known)) return whole
    return new RegExp(`^(${blockTags})$`).test(known) ? ' ' : ''
  })
}

/** Soft hyphens, byte order marks, zero-width spaces and the marks that turn the direction of what follows. */
const invisible = /[\u00ad\u200b\u202a-\u202e\u2066-\u2069\ufeff]/g

const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .normalize('NFC')
    .replace(invisible, '')
    .replace(/\s+/g, ' ')
    .replace(/\p{Cc}/gu, '')
    .trim()

/** Cuts at the end of a word where one is near, and says so with an ellipsis. */
function shortened(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')
  const space = cut.lastIndexOf(' ')
  return `${(space > most - 60 ? cut.slice(0, space) : cut).trimEnd()}…`
}
