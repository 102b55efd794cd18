import { sql } from 'drizzle-orm'
import { articleIdsOf, type Block } from '../domain/blocks.ts'
import { momentAt, wallTime } from '../domain/zoned-time.ts'
import type { SampleArticleKey } from '../sample/articles.ts'
import { sample } from '../sample/content.ts'
import { daysBefore } from '../sample/days.ts'
import type { SampleBlock, SampleDigest, SampleEdition } from '../sample/digests.ts'
import { awaitLock } from '../store/advisory-locks.ts'
import { addArticle } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import { addDigest } from '../store/digest-texts.ts'
import { findDigest } from '../store/digests.ts'
import { addFinishedDispatch } from '../store/dispatches.ts'
import { addNewsletter, findNewslettersById } from '../store/newsletters.ts'
import { updatePublication } from '../store/publication.ts'
import { addRenderings } from '../store/renderings.ts'
import { noteSentArticles } from '../store/sent-articles.ts'
import { renderDigest } from './render-digest.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'config' | 'db' | 'templates'>
type Ids = Map<string, number>
type Made = { articles: Ids; newsletters: Ids }

/**
 * Sets up the sample publication with its stories and a draft where nobody has begun anything; of several processes
 * one does. Answers what makes its past editions, which takes longer, since each is compiled like a real one, and
 * nobody needs to wait for them; undefined where there was something already.
 */
export const makeSample = (services: Deps): Promise<(() => Promise<void>) | undefined> =>
  services.db.transaction(async turn => {
    await awaitLock(turn, 'sample')
    return (await isUntouched(turn)) ? begin(services, turn) : undefined
  })

async function isUntouched(db: Queryable): Promise<boolean> {
  const [row] = await db.execute<{ touched: boolean }>(sql`
    select exists (select from newsletters) or exists (select from articles) or exists (select from digests)
      or exists (select from subscribers) or exists (select from editors) as touched`)
  return !row!.touched
}

/** All or nothing: what was half made would look like somebody's own. */
async function begin(services: Deps, tx: Queryable): Promise<() => Promise<void>> {
  const { publicUrl } = services.config
  await updatePublication(tx, { ...sample.publication, sample: true })
  const made: Made = {
    articles: await addArticles(tx, publicUrl),
    newsletters: await addNewsletters(tx),
  }
  await addDigest(tx, digestText(sample.draft, made))
  return async () => {
    for (const edition of sample.editions.toReversed()) await addEdition(services, edition, made)
  }
}

async function addArticles(db: Queryable, publicUrl: string): Promise<Ids> {
  const ids: Ids = new Map()
  // The oldest first, so that the newest stands on top of the list.
  const stories = Object.entries(sample.articles).sort(
    ([, a], [, b]) => b.publishedDaysAgo - a.publishedDaysAgo,
  )
  for (const [key, { image, publishedDaysAgo, ...story }] of stories) {
    const article = await addArticle(db, {
      ...story,
      publishedAt: daysBefore(new Date(), publishedDaysAgo),
      imageUrl: `${publicUrl}/assets/sample-${image}.png`,
    })
    ids.set(key, article.id)
  }
  return ids
}

async function addNewsletters(db: Queryable): Promise<Ids> {
  const ids: Ids = new Map()
  const { language, timeZone } = sample.publication
  for (const { weekdays, ...newsletter } of sample.newsletters) {
    const added = await addNewsletter(db, { ...newsletter, language, timeZone })
    ids.set(newsletter.slug, added!.id)
  }
  return ids
}

const digestText = ({ subject, preheader, newsletters, blocks }: SampleDigest, made: Made) => ({
  subject,
  preheader,
  newsletterIds: newsletters.map(slug => made.newsletters.get(slug)!),
  blocks: blocks.map(block => filled(block, made.articles)),
})

function filled(block: SampleBlock, ids: Ids): Block {
  const idOf = (key: SampleArticleKey) => ids.get(key)!
  switch (block.type) {
    case 'article':
      return { type: 'article', articleId: idOf(block.article) }
    case 'partner':
      return { type: 'partner', articleId: idOf(block.article), sponsor: block.sponsor }
    case 'seeAlso':
      return { type: 'seeAlso', articleIds: block.articles.map(idOf) }
    default:
      return block
  }
}

/** An edition as if it had gone out to nobody, so that the archive is not empty. */
async function addEdition(services: Deps, edition: SampleEdition, made: Made) {
  const { db } = services
  const text = digestText(edition, made)
  const date = dayOfEdition(edition)
  const id = await addDigest(db, text)
  const digest = (await findDigest(db, id))!
  const newsletters = await findNewslettersById(db, text.newsletterIds)
  const outcomes = await Promise.all(
    newsletters.map(newsletter => renderDigest(services, digest, newsletter, { date })),
  )
  const renderings = outcomes.flatMap(outcome => (outcome.kind === 'rendered' ? [outcome.rendering] : []))
  await db.transaction(async tx => {
    const dispatchId = await addFinishedDispatch(tx, { digestId: id, transport: 'mailbox', at: date })
    await addRenderings(tx, dispatchId, renderings)
    await noteSentArticles(tx, dispatchId, articleIdsOf(text.blocks))
  })
}

/** 6:30 in the publication's zone, on the last day of its newsletter's that lies far enough back. */
function dayOfEdition({ daysAgo, newsletters: [slug] }: SampleEdition): Date {
  const { timeZone } = sample.publication
  const weekdays = sample.newsletters.find(newsletter => newsletter.slug === slug)?.weekdays
  const day = wallTime(daysBefore(new Date(), daysAgo, weekdays), timeZone).slice(0, 10)
  return momentAt(`${day}T06:30`, timeZone)!
}
