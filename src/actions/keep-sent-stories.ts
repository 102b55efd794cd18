import { type Block, inWordsOf } from '../domain/blocks.ts'
import type { Rendering } from '../domain/rendering.ts'
import { type Article, findArticles } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import { addSentStories, listSentStories, type SentStory } from '../store/digest-links.ts'
import type { Digest } from '../store/digests.ts'
import { readPublication } from '../store/publication.ts'
import { storyLink } from './render-digest.ts'
import type { Services } from './services.ts'

type Said = Pick<Digest, 'id' | 'blocks'>

/**
 * Writes down how a digest sends its stories, in the transaction in which sending starts: where their links lead for
 * ever. What the renderings hold decides which lead over us, whatever the switch is set to by now.
 */
export async function keepSentStories(
  { config, keys }: Pick<Services, 'config' | 'keys'>,
  tx: Queryable,
  digest: Said,
  renderings: readonly Pick<Rendering, 'text'>[],
): Promise<void> {
  const { countClicks } = await readPublication(tx)
  const mailed = renderings.map(({ text }) => JSON.stringify(text)).join()
  const stories = (await storiesAsTheyAre(tx, digest)).map(story => {
    const correctable = mailed.includes(storyLink(config.publicUrl, keys, digest.id, story.articleId))
    return { ...story, correctable, counted: correctable && countClicks }
  })
  await addSentStories(tx, digest.id, stories)
}

/** The stories of a digest that went out, as it sent them; of one from before such was kept, as they are today. */
export async function sentStoriesOf(db: Queryable, digest: Said): Promise<SentStory[]> {
  const kept = await listSentStories(db, digest.id)
  return kept.length ? kept : storiesAsTheyAre(db, digest)
}

/** Each story once, in the words of the block that names it first. */
async function storiesAsTheyAre(db: Queryable, { blocks }: Said): Promise<SentStory[]> {
  const named = blocks.flatMap(namesIn)
  const articles = await findArticles(
    db,
    named.map(({ articleId }) => articleId),
  )
  const stories = new Map<number, SentStory>()
  for (const { articleId, block } of named) {
    const story = block ? inWordsOf(block, articles) : articles.get(articleId)
    if (story && !stories.has(articleId)) stories.set(articleId, sent(story))
  }
  return [...stories.values()]
}

type StoryBlock = Extract<Block, { type: 'article' | 'partner' }>

function namesIn(block: Block): { articleId: number; block?: StoryBlock }[] {
  switch (block.type) {
    case 'article':
    case 'partner':
      return [{ articleId: block.articleId, block }]
    case 'seeAlso':
      return block.articleIds.map(articleId => ({ articleId }))
    default:
      return []
  }
}

const sent = ({ id, title, standfirst, url }: Article): SentStory => ({
  articleId: id,
  title,
  standfirst,
  url,
  correctable: false,
  counted: false,
})
