import { correctedBy, inCorrectedWords } from '../domain/correction.ts'
import { type HourOfClicks, listClicks } from '../store/clicks.ts'
import type { Queryable } from '../store/client.ts'
import { countLeft } from '../store/consents.ts'
import { listCorrections, type MadeCorrection } from '../store/corrections.ts'
import type { SentStory } from '../store/digest-links.ts'
import type { Digest } from '../store/digests.ts'
import type { Dispatch } from '../store/dispatches.ts'
import { sentStoriesOf } from './keep-sent-stories.ts'

/** A story of a digest in the words that it has there by now. */
export type ResultStory = SentStory & {
  /** How often its link was followed; absent where that was not counted. */
  clicks?: number
}

export type Results = {
  /** Readers who left by a link of this digest. */
  left: number
  /** From the start to the end, or until now. */
  seconds: number
  /** Messages a second in that time, taken and refused. */
  pace: number
  stories: ResultStory[]
  corrections: MadeCorrection[]
  clicks: HourOfClicks[]
}

/** What came of a digest that began to go out, beside its balance. */
export async function readResults(
  db: Queryable,
  digest: Digest,
  dispatch: Dispatch & { startedAt: Date },
): Promise<Results> {
  const [left, sent, corrections, clicks] = await Promise.all([
    countLeft(db, dispatch.id),
    sentStoriesOf(db, digest),
    listCorrections(db, [digest.id]),
    listClicks(db, digest.id),
  ])
  const corrected = correctedBy(corrections)
  const followed = (id: number) =>
    clicks.filter(({ articleId }) => articleId === id).reduce((sum, hour) => sum + hour.clicks, 0)
  // The start is by the database's clock, now by ours.
  const until = (dispatch.finishedAt ?? new Date()).getTime()
  const seconds = Math.max(0, until - dispatch.startedAt.getTime()) / 1000
  return {
    left,
    seconds,
    pace: seconds > 0 ? (dispatch.sent + dispatch.failed) / seconds : 0,
    stories: sent.map(story => ({
      ...inCorrectedWords(story, corrected.get(story.articleId)),
      ...(story.counted && { clicks: followed(story.articleId) }),
    })),
    corrections,
    clicks,
  }
}
