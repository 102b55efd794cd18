import type { Letterhead } from '../letter.ts'
import { imprint } from './imprint.ts'
import { columns, wrap } from './wrap.ts'

/** The words of a mail that is no digest, for HTML and plain text alike. */
export type Letter = {
  title: string
  paragraphs: string[]
  listTitle?: string
  list?: { name: string; details?: string }[]
  button: { text: string; url: string }
  /** Small print under the button. */
  after: string[]
  /** Links of the small print. */
  links?: { text: string; url: string }[]
}

/** The plain text of a letter. */
export function letterText(
  { publication, postalAddress, publicUrl }: Pick<Letterhead, 'publication' | 'postalAddress' | 'publicUrl'>,
  letter: Letter,
): string {
  const { title, paragraphs, listTitle, list = [], button, after, links = [] } = letter
  const items = list.map(({ name, details }) =>
    wrap(details ? `${name} (${details})` : name, { first: '- ', rest: '  ' }),
  )
  return `${[
    wrap(publication),
    '_'.repeat(columns),
    '',
    wrap(title),
    ...paragraphs.flatMap(paragraph => ['', wrap(paragraph)]),
    ...(list.length ? ['', wrap(`${listTitle}:`), ...items] : []),
    '',
    wrap(`${button.text}:`),
    button.url,
    ...after.flatMap(paragraph => ['', wrap(paragraph)]),
    ...links.flatMap(link => ['', wrap(`${link.text}:`), link.url]),
    '',
    '-'.repeat(columns),
    ...imprint(publication, postalAddress).map(line => wrap(line)),
    publicUrl,
  ].join('\n')}\n`
}

/** A site as people say it: `ledger.example`. */
export const siteOf = (publicUrl: string): string => publicUrl.replace(/^https?:\/\//, '')
