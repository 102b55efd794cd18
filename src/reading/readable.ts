import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom/worker'
import { type Attributes, readMarkup } from './markup.ts'
import type { StoryFacts } from './story-facts.ts'

/** Bounds of what Readability is given: without them a page of 4 MB kept it busy for 62 s. */
const most = { depth: 60, elements: 4000, text: 300_000 }
const names = (text: string) => new Set(text.split(' '))
const dropped = names(
  'title script style noscript template svg math iframe object embed video audio canvas select textarea button',
)
const unwrapped = names('html head body')
const voids = names('br hr img input wbr meta link base source area col track')
const kept = ['id', 'class', 'role', 'rel', 'itemprop', 'href', 'hidden', 'aria-hidden']

/** What Readability makes of a page whose mark-up says too little; nothing where it finds no story. */
export function readableFacts(html: string, title: string): StoryFacts {
  const head = `<head><title>${escaped(title.slice(0, 1000))}</title></head>`
  const { document } = parseHTML(`<!doctype html><html>${head}<body>${skeletonOf(html)}</body></html>`)
  try {
    const story = new Readability(document as unknown as Document, { disableJSONLD: true }).parse()
    if (!story) return {}
    return {
      title: story.title ?? undefined,
      standfirst: story.excerpt ?? undefined,
      byline: story.byline ?? undefined,
    }
  } catch {
    // It was written for pages that browsers have mended; on the strangest ones it trips over its own steps.
    return {}
  }
}

/** The page again with only what Readability weighs: elements, a few attributes, text; deeper ones flattened. */
function skeletonOf(html: string): string {
  const parts: string[] = []
  const written: number[] = []
  let [elements, length, skipping] = [0, 0, 0]
  readMarkup(html, {
    open(name, attributes, depth) {
      if (skipping) return
      if (dropped.has(name)) skipping = depth
      else if (!unwrapped.has(name) && written.length < most.depth && elements < most.elements) {
        elements++
        parts.push(`<${[name, ...shown(attributes)].join(' ')}>`)
        if (!voids.has(name)) written.push(depth)
      }
    },
    text(text) {
      if (skipping || length > most.text) return
      length += text.length
      parts.push(escaped(text.slice(0, most.text)))
    },
    close(name, depth) {
      if (skipping === depth) skipping = 0
      if (skipping || written.at(-1) !== depth) return
      written.pop()
      parts.push(`</${name}>`)
    },
  })
  return parts.join('')
}

const shown = (attributes: Attributes): string[] =>
  kept.filter(key => key in attributes).map(key => `${key}="${escaped(attributes[key]!.slice(0, 300))}"`)

const escaped = (text: string): string => text.replace(/[&<>"]/g, mark => `&#${mark.charCodeAt(0)};`)
