import { type Attributes, readMarkup } from './markup.ts'

/**
 * Bounds of what the feed parser is given. Without them an author of 5 MB of brackets kept it busy for minutes, and a
 * feed of 5 MB of small elements took 2.7 s and 570 MB.
 */
const most = { items: 1000, elements: 40_000, depth: 40, attributes: 20, text: 4_000_000 }
/** The most characters of an element: those that hold whole stories, those that name people, all others. */
const room = { story: 40_000, person: 200, other: 2000 }

const storyNames = new Set(['description', 'summary', 'content', 'encoded'])
const personNames = new Set([
  'author',
  'creator',
  'contributor',
  'name',
  'owner',
  'managingeditor',
  'webmaster',
  'credit',
])
const itemNames = new Set(['item', 'entry'])
const rootNames = new Set(['rss', 'feed', 'rdf'])

const safeName = /^[a-z_][\w.-]*(:[a-z_][\w.-]*)?$/i
const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase()

/**
 * A feed's XML written anew, well-formed and without a document type: at most 1,000 items, and of each element no more
 * than a story needs. What is broken in it is mended as a browser would. Undefined where the root is no feed's.
 */
export function clipFeed(xml: string): string | undefined {
  const parts: string[] = []
  /** The elements that were written and are open, by depth. */
  const open: number[] = []
  let [items, elements, length, left] = [0, 0, 0, 0]
  let story = 0
  let isFeed: boolean | undefined

  const write = (text: string) => {
    length += text.length
    parts.push(text)
  }
  readMarkup(
    xml,
    {
      open(name, attributes, depth) {
        const local = localName(name)
        isFeed ??= rootNames.has(local)
        if (itemNames.has(local)) items++
        if (items > most.items || length > most.text) return
        if (open.length >= most.depth || ++elements > most.elements || !safeName.test(name)) return
        if (!story) {
          left = storyNames.has(local) ? room.story : personNames.has(local) ? room.person : room.other
          if (storyNames.has(local)) story = depth
        }
        open.push(depth)
        write(`<${[name, ...shown(attributes)].join(' ')}>`)
      },
      text(text) {
        if (items > most.items || length > most.text || left <= 0 || !open.length) return
        const kept = text.slice(0, left)
        left -= kept.length
        write(escaped(kept))
      },
      close(name, depth) {
        if (story === depth) story = 0
        if (open.at(-1) !== depth) return
        open.pop()
        parts.push(`</${name}>`)
      },
    },
    { xml: true, enough: () => isFeed === false || items > most.items || length > most.text },
  )
  return isFeed ? parts.join('') : undefined
}

function shown(attributes: Attributes): string[] {
  const kept: string[] = []
  for (const name in attributes) {
    if (kept.length >= most.attributes) break
    if (safeName.test(name)) kept.push(`${name}="${escaped(attributes[name]!.slice(0, room.other))}"`)
  }
  return kept
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replace(/[&<>"]/g, mark => entities[mark]!)
