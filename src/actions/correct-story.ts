import type { By } from '../domain/by.ts'
import { type Corrected, type CorrectionInput, correctedBy, inCorrectedWords } from '../domain/correction.ts'
import { correctionLine } from '../domain/words/corrections.ts'
import { correctedHtml } from '../mail/render/corrected-html.ts'
import type { DigestContent } from '../mail/render/digest-model.ts'
import { digestText } from '../mail/render/digest-text.ts'
import { cutAtMarkers, makeMarkers } from '../mail/render/slots.ts'
import type { Queryable, Tx } from '../store/client.ts'
import { addCorrection, listCorrections, putCorrectedRendering } from '../store/corrections.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { addSentStories, listSentStories, type SentStory } from '../store/digest-links.ts'
import { type Digest, findDigest, lockDigest } from '../store/digests.ts'
import { type Dispatch, findDispatchOf } from '../store/dispatches.ts'
import { findNewslettersById, type Newsletter } from '../store/newsletters.ts'
import { listRenderings } from '../store/renderings.ts'
import { sentStoriesOf } from './keep-sent-stories.ts'
import { digestContent, overUs, type Retell } from './render-digest.ts'
import type { Services } from './services.ts'

export type CorrectOutcome =
  | { kind: 'corrected'; correctionId: number }
  /** Somebody corrected the story since it was read. */
  | { kind: 'changed-meanwhile' }
  /** The digest has not begun to go out, or does not hold this story. */
  | { kind: 'not-sent' }

type Wish = {
  digestId: number
  articleId: number
  /** What is left out stays as it is. */
  change: Partial<Omit<CorrectionInput, 'note'>> & { note: string }
  /** How many corrections the story had when it was read; absent: however many. */
  seen?: number
  by: By
}

type Deps = Pick<Services, 'config' | 'db' | 'keys' | 'templates'>

/**
 * Puts a story right in the digest that sent it: in its archive and feed, and where its links over us lead, in one
 * transaction. What was sent, the story itself and other digests stay as they are.
 */
export const correctStory = (services: Deps, wish: Wish): Promise<CorrectOutcome> =>
  services.db.transaction(async tx => {
    const { digestId, articleId, change, seen, by } = wish
    if (!(await lockDigest(tx, digestId))) return { kind: 'not-sent' }
    const [digest, dispatch] = [await findDigest(tx, digestId), await findDispatchOf(tx, digestId)]
    if (!digest || digest.hiddenAt || !dispatch?.startedAt) return { kind: 'not-sent' }
    const stories = await sentStoriesOf(tx, digest)
    const story = stories.find(one => one.articleId === articleId)
    if (!story) return { kind: 'not-sent' }
    const before = correctedBy(await listCorrections(tx, [digestId])).get(articleId)
    if (seen !== undefined && seen !== (before?.notes.length ?? 0)) return { kind: 'changed-meanwhile' }
    await addSentStories(tx, digestId, stories)
    const said = inCorrectedWords(story, before)
    const changed = (key: 'title' | 'standfirst' | 'url') =>
      change[key] === undefined || change[key] === said[key] ? null : change[key]
    const correctionId = await addCorrection(tx, {
      digestId,
      articleId,
      title: changed('title'),
      standfirst: changed('standfirst'),
      url: changed('url'),
      note: change.note,
      by,
    })
    await noteDigestEvent(
      tx,
      digestId,
      { kind: 'corrected', articleId, title: change.title ?? said.title, note: change.note },
      by,
    )
    await compileAgain(services, tx, digest, dispatch)
    return { kind: 'corrected', correctionId }
  })

/** Makes the documents of the archive anew, with the day on which the digest went out. */
async function compileAgain(services: Deps, tx: Tx, digest: Digest, dispatch: Dispatch): Promise<void> {
  const renderings = await listRenderings(tx, dispatch.id)
  // A newsletter that was removed has no archive any more.
  const newsletters = await findNewslettersById(
    tx,
    renderings.map(rendering => rendering.newsletterId),
  )
  const corrected = correctedBy(await listCorrections(tx, [digest.id]))
  const stories = await listSentStories(tx, digest.id)
  for (const newsletter of newsletters) {
    const content = await contentOf(services, tx, { digest, dispatch, newsletter, corrected, stories })
    const markers = makeMarkers()
    await putCorrectedRendering(tx, {
      dispatchId: dispatch.id,
      newsletterId: newsletter.id,
      html: cutAtMarkers(
        await correctedHtml(services.templates, newsletter.template, content, markers),
        markers,
      ),
      text: cutAtMarkers(digestText(content, markers), markers),
    })
  }
}

type Ground = {
  digest: Digest
  dispatch: Dispatch
  newsletter: Newsletter
  corrected: ReadonlyMap<number, Corrected>
  stories: readonly SentStory[]
}

async function contentOf(
  { config, keys }: Deps,
  tx: Queryable,
  { digest, dispatch, newsletter, corrected, stories }: Ground,
): Promise<DigestContent> {
  const { language, timeZone } = newsletter
  const withLink = overUs(config.publicUrl, keys, digest.id)
  const correctable = new Set(stories.filter(story => story.correctable).map(story => story.articleId))
  const retell: Retell = (story, id) => {
    const corrections = corrected.get(id)?.notes.map(note => correctionLine(note, language, timeZone))
    const told = { ...inCorrectedWords(story, corrected.get(id)), corrections }
    return correctable.has(id) ? withLink(told, id) : told
  }
  const read = await digestContent({ config, db: tx }, digest, newsletter, dispatch.startedAt!, retell)
  if (read.kind === 'faults') throw new Error(`a story of digest ${digest.id} is gone: it can’t be corrected`)
  return read.content
}
