import { type Context, Hono } from 'hono'
import { correctStory } from '../../actions/correct-story.ts'
import { sentStoriesOf } from '../../actions/keep-sent-stories.ts'
import { writeCorrectionLetter } from '../../actions/write-correction-letter.ts'
import { correctedBy, correctionInput, inCorrectedWords } from '../../domain/correction.ts'
import { listCorrections } from '../../store/corrections.ts'
import { findDispatchOf } from '../../store/dispatches.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { type FormErrors, readForm } from '../read-form.ts'
import { CorrectPage } from './correct-page.tsx'
import { digestOf, missing } from './digest-of.ts'
import { byOf, editorOf, workspaceFrame } from './frame.ts'

type C = Context<AppEnv>

/** A story put right after it went out, and the letter to those who got it as it was. */
export const correct = new Hono<AppEnv>()
  .get('/:id/correct/:article', requireRole('editor'), c => correctPage(c))
  .post('/:id/correct/:article', requireRole('editor'), async c => {
    const [digestId, articleId] = [pathId(c), pathId(c, 'article')]
    if (digestId === undefined || articleId === undefined) return missing(c)
    const fields = await formFields(c)
    const reading = readForm(correctionInput, oneLine(fields), editorOf(c).language)
    if (reading.kind === 'refused') return correctPage(c, { fields, errors: reading.errors }, 422)
    const seen = Number(fields.seen ?? 0)
    const wish = { digestId, articleId, change: reading.data, seen, by: byOf(c) }
    const outcome = await correctStory(c.var.services, wish)
    switch (outcome.kind) {
      case 'corrected':
        return c.redirect(`/admin/digests/${digestId}?done=corrected`, 303)
      case 'changed-meanwhile':
        return correctPage(c, { note: fields.note ?? '' }, 409)
      case 'not-sent':
        return missing(c)
    }
  })
  .post('/:id/corrections/:correction/letter', requireRole('editor'), async c => {
    const [digestId, correctionId] = [pathId(c), pathId(c, 'correction')]
    if (digestId === undefined || correctionId === undefined) return missing(c)
    const outcome = await writeCorrectionLetter(c.var.services, digestId, correctionId, byOf(c))
    return outcome.kind === 'written' ? c.redirect(`/admin/digests/${outcome.digestId}`, 303) : missing(c)
  })

/** Standfirst and note are typed into fields of several lines, and stand in one. */
const oneLine = (fields: Fields): Fields => ({
  ...fields,
  standfirst: (fields.standfirst ?? '').replace(/\s*[\r\n]+\s*/g, ' '),
  note: (fields.note ?? '').replace(/\s*[\r\n]+\s*/g, ' '),
})

type Failed = { fields: Fields; errors: FormErrors } | { note: string }

async function correctPage(c: C, failed?: Failed, status: 200 | 409 | 422 = 200) {
  const { db } = c.var.services
  const digest = await digestOf(c)
  const dispatch = digest && (await findDispatchOf(db, digest.id))
  if (!digest || !dispatch?.startedAt) return missing(c)
  const sent = (await sentStoriesOf(db, digest)).find(story => story.articleId === pathId(c, 'article'))
  if (!sent) return missing(c)
  const corrected = correctedBy(await listCorrections(db, [digest.id])).get(sent.articleId)
  const story = inCorrectedWords(sent, corrected)
  const { title, standfirst, url } = story
  const typed = failed && 'fields' in failed ? failed : undefined
  return c.html(
    <CorrectPage
      frame={await workspaceFrame(c)}
      digest={digest}
      dispatch={dispatch}
      story={story}
      notes={corrected?.notes ?? []}
      fields={
        typed?.fields ?? { title, standfirst, url, note: failed && 'note' in failed ? failed.note : '' }
      }
      errors={typed?.errors ?? {}}
      meanwhile={status === 409}
    />,
    status,
  )
}
