import type { TemplateFault, TemplateFaultCode } from '../../domain/template.ts'
import { blockViews, type DigestContent } from './digest-model.ts'
import { imprint } from './imprint.ts'
import { type MailReading, plain, readMail } from './read-mail.ts'
import type { Markers } from './slots.ts'

/**
 * What keeps the HTML of a digest from being sent, however it came about: what may not stand in a mail, and what must.
 * The markers are still in it.
 */
export function inspectDigest(html: string, content: DigestContent, markers: Markers): TemplateFault[] {
  const reading = readMail(html)
  const fault = (code: TemplateFaultCode, detail = ''): TemplateFault => ({ line: null, code, detail })
  return [
    ...reading.forbidden.map(({ code, detail }) => fault(code, detail)),
    ...slotFaults(html, reading, markers, fault),
    ...addressFaults(reading, content, fault),
    ...storyFaults(reading, content, markers, fault),
  ]
}

type Say = (code: TemplateFaultCode, detail?: string) => TemplateFault

/** Addresses are the whole of a link's, so that no other server learns them; names stand where text stands. */
function slotFaults(html: string, { links, text }: MailReading, markers: Markers, say: Say): TemplateFault[] {
  const faults: TemplateFault[] = []
  for (const slot of ['unsubscribe', 'preferences'] as const) {
    const linked = links.filter(href => href === markers[slot]).length
    if (linked === 0) faults.push(say(`no-${slot}`))
    if (count(html, markers[slot]) > linked) faults.push(say('slot-elsewhere', `slots.${slot}`))
  }
  if (count(html, markers.name) > count(text, markers.name)) faults.push(say('slot-elsewhere', 'slots.name'))
  if (count(html, markers.nameOr) > count(text, markers.nameOr))
    faults.push(say('slot-elsewhere', 'block.html'))
  return faults
}

function addressFaults({ seen }: MailReading, { publication }: DigestContent, say: Say): TemplateFault[] {
  const missing = imprint(publication.name, publication.postalAddress).find(
    line => !seen.includes(plain(line)),
  )
  return missing === undefined ? [] : [say('no-postal-address', missing)]
}

/** Each story with its title and link; what is paid for with its label before the title, and no other story between. */
function storyFaults(
  { seen, links }: MailReading,
  content: DigestContent,
  markers: Markers,
  say: Say,
): TemplateFault[] {
  const stories = blockViews(content, markers).flatMap(view =>
    view.type === 'seeAlso'
      ? view.articles.map(article => ({ ...article, paid: article.label !== '' }))
      : view.type === 'story' || view.type === 'partner'
        ? [{ title: view.title, url: view.url, label: view.label, paid: view.type === 'partner' }]
        : [],
  )
  const titles = stories.map(story => plain(story.title))
  return stories.flatMap(({ title, url, label, paid }) => {
    const faults: TemplateFault[] = []
    if (!seen.includes(plain(title))) return [say('no-story', title)]
    if (!links.includes(url.trim())) faults.push(say('no-link', title))
    if (paid && !isLabelled(seen, plain(label), plain(title), titles)) faults.push(say('no-label', label))
    return faults
  })
}

function isLabelled(seen: string, label: string, title: string, titles: readonly string[]): boolean {
  for (let at = seen.indexOf(title); at >= 0; at = seen.indexOf(title, at + 1)) {
    const from = seen.lastIndexOf(label, at - label.length)
    const between = from < 0 ? undefined : seen.slice(from + label.length, at)
    if (between !== undefined && !titles.some(other => other !== title && between.includes(other)))
      return true
  }
  return false
}

const count = (text: string, part: string): number => text.split(part).length - 1
