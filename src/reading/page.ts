import { type Attributes, readMarkup } from './markup.ts'

export type PageImage = { src: string; alt: string; credit: string; inFigure: boolean }

/** What a page says in its own mark-up, in document order. */
export type Page = {
  language: string
  base: string
  title: string
  heading: string
  /** By lower-case `property`, `name` or `itemprop`: the first content that is not empty. */
  metas: Map<string, string>
  /** By `rel`: the first href. */
  links: Map<string, string>
  /** The texts of the JSON-LD scripts. */
  linkedData: string[]
  images: PageImage[]
  published: string
}

const most = { images: 500, scripts: 50, captures: 8 }
const creditNames = /\b(credit|copyright|photographer)/i

/** Reads a page; in the time that its length takes, whatever it holds. */
export function readPage(html: string): Page {
  const page: Page = {
    language: '',
    base: '',
    title: '',
    heading: '',
    metas: new Map(),
    links: new Map(),
    linkedData: [],
    images: [],
    published: '',
  }
  /** Elements whose text is being gathered, the innermost last. */
  const captures: { depth: number; text: string; done: (text: string) => void }[] = []
  let drawing = 0
  let figure: { depth: number; images: PageImage[] } | undefined

  const capture = (depth: number, done: (text: string) => void) => {
    if (captures.length < most.captures) captures.push({ depth, text: '', done })
  }
  const keep = (field: 'title' | 'heading') => (text: string) => {
    page[field] ||= text.trim()
  }

  readMarkup(html, {
    open(name, attributes, depth) {
      readElement(page, name, attributes)
      if (name === 'svg') drawing ||= depth
      else if (name === 'figure') figure ??= { depth, images: [] }
      else if (name === 'title' && !drawing) capture(depth, keep('title'))
      else if (name === 'h1') capture(depth, keep('heading'))
      else if (name === 'script' && isLinkedData(attributes) && page.linkedData.length < most.scripts)
        capture(depth, text => void page.linkedData.push(text))
      else if (name === 'img' && page.images.length < most.images) {
        const image = imageOf(attributes, figure !== undefined)
        page.images.push(image)
        figure?.images.push(image)
      } else if (figure && creditNames.test(`${attributes.class ?? ''} ${attributes.itemprop ?? ''}`)) {
        const { images } = figure
        capture(depth, text => {
          for (const image of images) image.credit ||= text.trim()
        })
      }
    },
    text(text) {
      for (const open of captures) open.text += text
    },
    close(_name, depth) {
      if (captures.at(-1)?.depth === depth) {
        const { text, done } = captures.pop()!
        done(text)
      }
      if (figure?.depth === depth) figure = undefined
      if (drawing === depth) drawing = 0
    },
  })
  return page
}

/** Takes what stands in attributes alone. */
function readElement(page: Page, name: string, attributes: Attributes): void {
  if (name === 'html') page.language ||= attributes.lang ?? attributes['xml:lang'] ?? ''
  else if (name === 'base') page.base ||= attributes.href ?? ''
  else if (name === 'meta') {
    const key = attributes.property ?? attributes.name ?? attributes.itemprop ?? attributes['http-equiv']
    keepFirst(page.metas, key, attributes.content)
  } else if (name === 'link') {
    for (const rel of (attributes.rel ?? '').split(/\s+/).slice(0, 5))
      keepFirst(page.links, rel, attributes.href)
  } else if (name === 'time' && (attributes.itemprop === 'datePublished' || 'pubdate' in attributes))
    page.published ||= attributes.datetime ?? ''
}

function keepFirst(map: Map<string, string>, key: string | undefined, value: string | undefined): void {
  const name = key?.trim().toLowerCase()
  if (name && value?.trim() && !map.has(name)) map.set(name, value.trim())
}

const isLinkedData = (attributes: Attributes): boolean =>
  /^\s*application\/ld\+json\b/i.test(attributes.type ?? '')

/** Pictures that load late keep their address in `data-src`, behind a placeholder. */
function imageOf({ src = '', alt = '', ...rest }: Attributes, inFigure: boolean): PageImage {
  const late = rest['data-src'] ?? rest['data-lazy-src'] ?? rest['data-original']
  const real = late && (!src || /^data:/i.test(src)) ? late : src
  return { src: real.slice(0, 4000), alt: alt.trim(), credit: '', inFigure }
}
