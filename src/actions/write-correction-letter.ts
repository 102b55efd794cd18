import type { Audience } from '../domain/audience.ts'
import type { Block } from '../domain/blocks.ts'
import type { By } from '../domain/by.ts'
import { correctedBy, inCorrectedWords } from '../domain/correction.ts'
import { dayOfYear } from '../domain/dates.ts'
import { correctionWords } from '../domain/words/corrections.ts'
import { type Article, addArticle, findArticle } from '../store/articles.ts'
import type { Queryable, Tx } from '../store/client.ts'
import { listCorrections, lockCorrection, noteLetter } from '../store/corrections.ts'
import type { SentStory } from '../store/digest-links.ts'
import { type Digest, findDigest } from '../store/digests.ts'
import { type Dispatch, findDispatchOf } from '../store/dispatches.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { beginDigest } from './begin-digest.ts'
import { sentStoriesOf } from './keep-sent-stories.ts'
import type { Services } from './services.ts'

export type LetterOutcome = { kind: 'written'; digestId: number } | { kind: 'unknown' }

/**
 * Drafts a digest about a correction, for those to whom the corrected one was delivered and who still have one of its
 * newsletters. It goes the usual way. Asking again answers the same draft.
 */
export const writeCorrectionLetter = (
  { db }: Pick<Services, 'db'>,
  digestId: number,
  correctionId: number,
  by: By,
): Promise<LetterOutcome> =>
  db.transaction(async tx => {
    const correction = await lockCorrection(tx, correctionId)
    if (correction?.digestId !== digestId) return { kind: 'unknown' }
    const [digest, dispatch] = [await findDigest(tx, digestId), await findDispatchOf(tx, digestId)]
    if (digest?.hiddenAt) return { kind: 'unknown' }
    if (correction.letterId !== null) return { kind: 'written', digestId: correction.letterId }
    const story = digest && (await correctedStory(tx, digest, correction.articleId))
    if (!digest || !dispatch?.startedAt || !story) return { kind: 'unknown' }
    const text = await textOf(tx, { digest, dispatch, story, note: correction.note })
    const letter = await beginDigest(tx, text, by)
    await noteLetter(tx, correctionId, letter)
    return { kind: 'written', digestId: letter }
  })

async function correctedStory(
  db: Queryable,
  digest: Digest,
  articleId: number,
): Promise<SentStory | undefined> {
  const sent = (await sentStoriesOf(db, digest)).find(story => story.articleId === articleId)
  return sent && inCorrectedWords(sent, correctedBy(await listCorrections(db, [digest.id])).get(articleId))
}

/** Of a subject, and of what stands beside it. */
const mostLetters = 250

type Subject = { digest: Digest; dispatch: Dispatch; story: SentStory; note: string }

async function textOf(tx: Tx, { digest, dispatch, story, note }: Subject) {
  const newsletterIds = digest.newsletters.map(newsletter => newsletter.id)
  const [newsletter] = await findNewslettersById(tx, newsletterIds)
  const { language = 'en', timeZone = 'UTC' } = newsletter ?? {}
  const words = correctionWords[language]
  const day = dayOfYear(dispatch.startedAt!, timeZone, language)
  const intro = words.letterText(asTyped(digest.subject), day)
  return {
    subject: words.letterSubject(digest.subject).slice(0, mostLetters).trim().toWellFormed(),
    preheader: note.slice(0, mostLetters).trim().toWellFormed(),
    blocks: [
      { type: 'text', markdown: `${intro}\n\n${asTyped(note)}\n\n${words.letterStory}` },
      await storyBlock(tx, story),
    ] satisfies Block[],
    newsletterIds,
    audience: [{ kind: 'got', digest: digest.id, is: true }] satisfies Audience,
  }
}

/** The story in its corrected words; where its own link is the wrong one still, a copy of it leads to the right one. */
async function storyBlock(tx: Tx, { articleId, title, standfirst, url }: SentStory): Promise<Block> {
  const own = await findArticle(tx, articleId)
  const article = own?.url === url ? own : await addArticle(tx, { ...copied(own), title, standfirst, url })
  const said = { articleId: article.id, title, standfirst }
  return article.kind === 'partner'
    ? { type: 'partner', sponsor: article.sponsor ?? '', ...said }
    : { type: 'article', ...said }
}

const copied = (article: Article | undefined) => {
  if (!article) return {}
  const { section, byline, publishedAt, imageUrl, pictureHash, imageAlt, imageDecorative, imageCredit } =
    article
  const { kind, sponsor, note, language } = article
  return {
    ...{ section, byline, publishedAt, imageUrl, pictureHash, imageAlt, imageDecorative, imageCredit },
    ...{ kind, sponsor, note, language },
  }
}

/** Markdown that shows a line as it is, and no reader's name in it; its addresses stay links. */
const asTyped = (text: string): string =>
  text
    .replace(/https?:\/\/\S+|[\\`*_[\]<{|~]|&(?=#?\w+;)/g, part => (part.length > 1 ? part : `\\${part}`))
    .replace(/^(\d*)([#+\-=>.)])/, '$1\\$2')
