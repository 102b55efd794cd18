import { Parser } from 'htmlparser2'
import type { TemplateFaultCode } from '../../domain/template.ts'

/** What a mail's HTML holds, as far as it matters whether it may be sent. */
export type MailReading = {
  /** What is seen, in order, white space as single spaces. */
  seen: string
  /** Addresses of the links that can be seen and pressed. */
  links: string[]
  /** All text, seen or not: where a reader's name may stand. */
  text: string
  /** What may not stand in a mail. */
  forbidden: { code: TemplateFaultCode; detail: string }[]
}

const formElements = ['form', 'input', 'button', 'select', 'textarea']
const frameElements = ['iframe', 'frame', 'frameset', 'object', 'embed', 'applet', 'base']
const withAddress = [
  'href',
  'src',
  'action',
  'background',
  'poster',
  'xlink:href',
  'srcset',
  'data',
  'formaction',
]
const apart = /^(?:p|div|h\d|td|th|tr|table|li|ul|ol|blockquote|br|img|hr|center|body)$/

type Element = { name: string; hidden: boolean; silent: boolean; tiny: boolean; link: Link | undefined }
type Link = { href: string; content: string }

/** Reads a mail. What stands in comments for Outlook alone is not seen, yet may hold no more than the rest. */
export function readMail(html: string): MailReading {
  const reading: MailReading = { seen: '', links: [], text: '', forbidden: [] }
  const open: Element[] = []
  const forbid = (code: TemplateFaultCode, detail: string) => void reading.forbidden.push({ code, detail })
  const parser = new Parser({
    onopentag(name, attributes) {
      checkElement(name, attributes, forbid)
      const above = open.at(-1)
      const style = (attributes.style ?? '').toLowerCase().replace(/\s+/g, '')
      const size = /(?:^|;)font-size:(0(?![.\d])|[.\d]*[1-9])/.exec(style)?.[1]
      const link =
        name === 'a' && attributes.href !== undefined
          ? { href: attributes.href.trim(), content: '' }
          : above?.link
      open.push({
        name,
        hidden:
          above?.hidden ||
          'hidden' in attributes ||
          /(?:^|;)(?:display:none|visibility:hidden|opacity:0(?![.\d]))/.test(style),
        silent: above?.silent || /^(?:head|style|script|title|template)$/.test(name),
        tiny: size === undefined ? (above?.tiny ?? false) : size === '0',
        link,
      })
      if (apart.test(name)) reading.seen += ' '
      if (name === 'img' && link && !open.at(-1)!.hidden) link.content += attributes.alt ?? ''
    },
    ontext(text) {
      const at = open.at(-1)
      if (at?.name === 'style') checkStyle(text, forbid)
      if (at?.silent) return
      reading.text += text
      if (at?.hidden || at?.tiny) return
      reading.seen += text
      if (at?.link) at.link.content += text
    },
    onclosetag(name) {
      const closed = open.pop()
      if (apart.test(name)) reading.seen += ' '
      if (name === 'a' && closed?.link?.content.trim()) reading.links.push(closed.link.href)
    },
    oncomment(comment) {
      const inner = /^\[if[^\]]*\]>([\s\S]*)<!\[endif\]$/.exec(comment)?.[1]
      if (inner) reading.forbidden.push(...readMail(inner).forbidden)
    },
  })
  parser.end(html)
  return { ...reading, seen: plain(reading.seen) }
}

/** White space as single spaces: how what is seen is compared. */
export const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()

type Forbid = (code: TemplateFaultCode, detail: string) => void

function checkElement(name: string, attributes: Record<string, string>, forbid: Forbid) {
  if (name === 'script') forbid('script', '')
  if (formElements.includes(name)) forbid('form', `<${name}>`)
  if (frameElements.includes(name)) forbid('frame', `<${name}>`)
  if (name === 'link') forbid('stylesheet', '<link>')
  if (name === 'meta' && attributes['http-equiv']?.toLowerCase() === 'refresh') forbid('frame', '<meta>')
  for (const [attribute, value] of Object.entries(attributes)) {
    if (/^on[a-z]/.test(attribute)) forbid('handler', attribute)
    // Browsers overlook white space and control characters in front of and within the scheme.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const address = value.replace(/[\x00-\x20]+/g, '').toLowerCase()
    if (
      withAddress.includes(attribute) &&
      /^(?:javascript|vbscript|data(?!:image\/(?:png|jpeg|gif);)):/.test(address)
    )
      forbid('address-that-runs', attribute)
    if (attribute === 'style') checkStyle(value, forbid)
  }
}

function checkStyle(css: string, forbid: Forbid) {
  const bare = css.toLowerCase().replace(/\/\*[\s\S]*?\*\//g, '')
  if (bare.includes('@import')) forbid('stylesheet', '@import')
  if (/javascript:|expression\s*\(|behavior\s*:|-moz-binding/.test(bare)) forbid('address-that-runs', 'style')
}
