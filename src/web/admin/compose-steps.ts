import type { Context } from 'hono'
import { fetchPicture } from '../../actions/fetch-picture.ts'
import { fillEach } from '../../actions/fill-slots.ts'
import { importArticles, mostImports } from '../../actions/import-articles.ts'
import { articleIdsOf } from '../../domain/blocks.ts'
import { type DraftBlock, type DraftStep, takeStep } from '../../domain/draft.ts'
import { isWebUrl } from '../../domain/text.ts'
import type { ImportRefusal } from '../../domain/words/import-refusals.ts'
import { type Article, findArticle, findArticles } from '../../store/articles.ts'
import type { Digest } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { type DigestFields, mostBlocks } from './compose-fields.ts'

/** What a step did, to be read out: about which block, and where that stands now. */
export type Said =
  | { kind: 'added' | 'moved'; at: number }
  | { kind: 'removed'; block: DraftBlock }
  | { kind: 'undone' | 'redone' }

export type Taken = {
  /** Where the block stands that the step was about. */
  at?: number
  said?: Said
  /** What of the pasted links could not be imported. */
  link?: { typed: string; refusals: { url: string; refusal: ImportRefusal }[] }
}

/** For a picture, in milliseconds: an editor waits for it. */
const mostWaiting = 4000

/** Takes the pressed button's step on what was typed, in place. */
export async function takeAct(c: Context<AppEnv>, digest: Digest, typed: DigestFields): Promise<Taken> {
  const { services } = c.var
  typed.blocks = await withoutEqualWords(c, typed.blocks)
  const { act } = typed
  switch (act.kind) {
    case 'step':
      return step(typed, act.step)
    case 'add-story': {
      const article = await findArticle(services.db, act.articleId)
      // A feed's story brings its picture along once it is used; without it the mail shows the one on the site.
      if (article) await pictureInTime(c, article.id)
      return article ? step(typed, { kind: 'add', block: blockFor(article), to: act.to }) : {}
    }
    case 'pin': {
      const { blocks } = typed
      const filled = await fillEach(services.db, { blocks, newsletters: digest.newsletters })
      return step(typed, { kind: 'pin', at: act.at, articleIds: articleIdsOf(filled[act.at] ?? []) })
    }
    case 'import':
      return importLinks(c, typed)
    case 'newsletter-up':
      moveUp(typed.newsletters, act.slug)
      return {}
    case 'undo':
      return { said: { kind: 'undone' } }
    case 'redo':
      return { said: { kind: 'redone' } }
    case 'save':
    case 'type':
      return {}
  }
}

/** What does not come within the time comes later, or not at all: the story is in the digest either way. */
function pictureInTime(c: Context<AppEnv>, articleId: number): Promise<unknown> {
  const { services } = c.var
  const fetched = fetchPicture(services, articleId, { timeoutMs: mostWaiting }).catch(error =>
    services.log.error({ err: error, article: articleId }, 'a story’s picture could not be taken in'),
  )
  return Promise.race([fetched, new Promise(resolve => setTimeout(resolve, mostWaiting))])
}

function step(typed: DigestFields, taking: DraftStep): Taken {
  const before = typed.blocks
  const { blocks, at } = takeStep(before, taking)
  if (blocks.length > mostBlocks) return {}
  typed.keys = keysAfter(before, typed.keys, blocks)
  typed.blocks = blocks
  switch (taking.kind) {
    case 'remove': {
      const block = before[taking.at]
      return { at, ...(block && { said: { kind: 'removed', block } }) }
    }
    case 'drop-see-also':
      return { at }
    case 'add':
    case 'see-also':
    case 'pin':
      return { at, said: { kind: 'added', at } }
    default:
      return { at, said: { kind: 'moved', at } }
  }
}

/** A block keeps its name wherever it goes; a new one gets one that is free. */
function keysAfter(
  before: readonly DraftBlock[],
  keys: readonly string[],
  after: readonly DraftBlock[],
): string[] {
  const known = new Map(before.map((block, at) => [block, keys[at]!]))
  let free = Math.max(-1, ...keys.map(Number).filter(Number.isSafeInteger))
  return after.map(
    (block, at) =>
      known.get(block) ??
      // A list that one story was taken out of is still the same block.
      (after.length === before.length && before[at] && !after.includes(before[at])
        ? keys[at]!
        : String(++free)),
  )
}

/** Words that are the story's own are none of this digest: they follow the story. */
async function withoutEqualWords(c: Context<AppEnv>, blocks: readonly DraftBlock[]): Promise<DraftBlock[]> {
  const ids = articleIdsOf(blocks).filter(id => Number.isSafeInteger(id) && id > 0)
  const articles = await findArticles(c.var.services.db, ids)
  return blocks.map(block => {
    const article =
      block.type === 'article' || block.type === 'partner' ? articles.get(block.articleId) : undefined
    if (!article || (block.type !== 'article' && block.type !== 'partner')) return block
    const title = block.title?.trim()
    const standfirst = block.standfirst?.replaceAll('\n', ' ').trim()
    return {
      ...block,
      title: title === article.title || title === '' ? undefined : title,
      standfirst: standfirst === article.standfirst ? undefined : standfirst,
    }
  })
}

/** A line is one link, or several where it is of nothing else. */
function linksOf(line: string): string[] {
  const words = line.split(/\s+/).filter(Boolean)
  return words.length < 2 || words.every(isWebUrl) ? words : [line.trim()]
}

/** Each story at the end of the digest; what can't be read stays in the field. */
async function importLinks(c: Context<AppEnv>, typed: DigestFields): Promise<Taken> {
  const all = [...new Set(typed.links.split(/[\r\n]+/).flatMap(linksOf))]
  const [urls, rest] = [all.slice(0, mostImports), all.slice(mostImports)]
  const read = await importArticles(c.var.services, urls.length ? urls : [''])
  const used = new Set(articleIdsOf(typed.blocks))
  let taken: Taken = {}
  const refusals: { url: string; refusal: ImportRefusal }[] = []
  for (const { typed: url, outcome } of read) {
    if (outcome.kind === 'refused') refusals.push({ url, refusal: outcome.refusal })
    else if (!used.has(outcome.article.id)) {
      used.add(outcome.article.id)
      taken = step(typed, { kind: 'add', block: blockFor(outcome.article) })
    }
  }
  // More than can be read at once wait in the field for the next press.
  typed.links = [...refusals.map(({ url }) => url), ...rest].join('\n')
  return { ...taken, ...(typed.links && { link: { typed: typed.links, refusals } }) }
}

/** A paid story comes as a partner block, so that its label can't be forgotten. */
const blockFor = (article: Article): DraftBlock =>
  article.kind === 'partner'
    ? { type: 'partner', articleId: article.id, sponsor: article.sponsor ?? '' }
    : { type: 'article', articleId: article.id }

function moveUp(slugs: string[], slug: string) {
  const at = slugs.indexOf(slug)
  if (at > 0) slugs.splice(at - 1, 2, slug, slugs[at - 1]!)
}
