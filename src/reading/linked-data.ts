import type { StoryFacts } from './story-facts.ts'

type Thing = Record<string, unknown>
/** A story's types in schema.org; the first found wins, unless another names the page as its own. */
const storyTypes =
  /^(https?:\/\/schema\.org\/)?((\w*News|Tech|Scholarly|SatiricalArticle|AdvertiserContent)?Article|\w*BlogPosting|Report)$/
const deepest = 6

/** The story that a page's JSON-LD scripts describe; nothing where there is none, or none that parses. */
export function linkedFacts(scripts: readonly string[], pageUrl: URL): StoryFacts {
  const things = scripts.flatMap(script => thingsIn(parsed(script), 0))
  const stories = things.filter(thing => textsOf(thing['@type']).some(type => storyTypes.test(type)))
  const story = stories.find(thing => namesOf(thing).some(name => isPage(name, pageUrl))) ?? stories[0]
  if (!story) return {}

  const described = new Map(things.filter(thing => thing['@type']).map(thing => [thing['@id'], thing]))
  /** Things that are only named by their `@id` are described elsewhere in the graph. */
  const resolve = (value: unknown) =>
    listOf(value)
      .map(item => (isThing(item) && item['@id'] ? { ...described.get(item['@id']), ...item } : item))
      .filter(item => isThing(item) || typeof item === 'string')
  const names = (value: unknown) => [
    ...new Set(
      resolve(value).flatMap(item => (typeof item === 'string' ? [item] : textsOf(item.name).slice(0, 1))),
    ),
  ]
  const image = resolve(story.image)[0] ?? resolve(story.thumbnailUrl)[0]
  const picture = isThing(image) ? image : undefined
  return {
    title: textsOf(story.headline)[0] ?? textsOf(story.name)[0],
    standfirst: textsOf(story.description)[0],
    byline: names(story.author ?? story.creator)
      .filter(name => !/^https?:/i.test(name))
      .slice(0, 8)
      .join(', '),
    section: textsOf(story.articleSection)[0],
    published: textsOf(story.datePublished)[0] ?? textsOf(story.dateCreated)[0],
    imageUrl:
      typeof image === 'string' ? image : (textsOf(picture?.url)[0] ?? textsOf(picture?.contentUrl)[0]),
    imageAlt: textsOf(picture?.caption)[0] ?? textsOf(picture?.description)[0],
    imageCredit: textsOf(picture?.creditText)[0] ?? names(picture?.creator ?? picture?.author)[0],
    canonical: namesOf(story)[0],
    language: textsOf(story.inLanguage)[0] ?? names(story.inLanguage)[0],
    sourceName: names(story.publisher)[0],
  }
}

/** Sites leave line breaks inside strings and wrap scripts in comments; what is broken beyond that says nothing. */
function parsed(script: string): unknown {
  const bare = script
    .trim()
    .replace(/^(\/\/)?\s*<!(--|\[CDATA\[)/, '')
    .replace(/(-->|\]\]>)$/, '')
    .trimEnd()
    .replace(/\/\/$/, '')
  for (const text of [bare, bare.replace(/\p{Cc}/gu, ' ').replace(/;\s*$/, '')]) {
    try {
      return JSON.parse(text)
    } catch {}
  }
  return undefined
}

function thingsIn(value: unknown, depth: number): Thing[] {
  if (depth > deepest) return []
  if (Array.isArray(value)) return value.flatMap(item => thingsIn(item, depth + 1))
  if (!isThing(value)) return []
  const inner = [value['@graph'], value.mainEntity, value.mainEntityOfPage]
  return [value, ...inner.flatMap(item => thingsIn(item, depth + 1))]
}

const isThing = (value: unknown): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])

/** The texts of a value: its own, those of a list, or the `@value` of one with a language. */
const textsOf = (value: unknown): string[] =>
  listOf(value)
    .map(item => (isThing(item) ? item['@value'] : item))
    .filter(item => typeof item === 'string' && item.trim() !== '')
    .map(String)

/** The URLs by which a story calls itself. */
const namesOf = ({ url, mainEntityOfPage, ...story }: Thing): string[] =>
  [url, isThing(mainEntityOfPage) ? mainEntityOfPage['@id'] : mainEntityOfPage, story['@id']].flatMap(textsOf)

function isPage(name: string, pageUrl: URL): boolean {
  const url = URL.parse(name)
  const path = (path: string) => path.replace(/\/$/, '')
  return url?.host === pageUrl.host && path(url.pathname) === path(pageUrl.pathname)
}
