import { correctionLine, correctionWords } from '../../domain/words/corrections.ts'
import { resultWords } from '../../domain/words/results.ts'
import type { SentStory } from '../../store/digest-links.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Field, TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = {
  frame: WorkspaceFrame
  digest: Digest
  dispatch: Dispatch
  story: SentStory
  /** The notes that stand beside it already. */
  notes: readonly { note: string; at: Date }[]
  fields: Fields
  errors: FormErrors
  meanwhile: boolean
}

/** The form in which a story is put right after it went out. */
export const CorrectPage = (props: Props) => {
  const { frame, digest, story, notes, fields, errors, meanwhile } = props
  const { language, publication } = frame
  const words = correctionWords[language]
  const field = (name: 'title' | 'standfirst' | 'url' | 'note') => ({
    name,
    label: words.field[name],
    value: fields[name],
    error: errors[name],
  })
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      notice={
        <>
          {meanwhile && <Notice tone="fix">{words.meanwhile}</Notice>}
          {Object.keys(errors).length > 0 && <Notice tone="fix">{words.failed}</Notice>}
          <StillGoing {...props} />
        </>
      }
    >
      <p class="facts-title">{digest.subject}</p>
      <p>
        {words.intro} {story.correctable ? words.follow : words.straight}
      </p>
      {notes.length > 0 && (
        <ul class="hints">
          {notes.map(note => (
            <li>{correctionLine(note, language, publication.timeZone)}</li>
          ))}
        </ul>
      )}
      <form method="post" class="stack">
        <input type="hidden" name="seen" value={String(notes.length)} />
        <Field {...field('title')} required />
        <TextArea {...field('standfirst')} rows={3} />
        <Field {...field('url')} type="url" required />
        <TextArea {...field('note')} hint={words.noteHint} rows={3} required />
        <Buttons>
          <Button kind="main">{words.save}</Button>
          <ButtonLink href={`/admin/digests/${digest.id}`}>{words.keep}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}

/** What is on its way keeps the old words: whoever minds pauses it first. */
const StillGoing = ({ frame, digest, dispatch }: Props) => {
  const words = correctionWords[frame.language]
  if (dispatch.pending === 0 || (dispatch.state !== 'sending' && dispatch.state !== 'paused')) return null
  return (
    <Notice
      tone="look"
      title={words.stillGoing(resultWords[frame.language].count(dispatch.pending))}
      action={
        dispatch.state === 'sending' && (
          <form method="post" action={`/admin/digests/${digest.id}/pause`}>
            <Button>{words.pause}</Button>
          </form>
        )
      }
    >
      <p>{words.stillGoingText}</p>
    </Notice>
  )
}
