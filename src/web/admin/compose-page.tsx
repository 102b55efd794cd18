import { digestWords } from '../../domain/words/digests.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { Blocks } from './compose-blocks.tsx'
import type { ComposePart, ComposeProps } from './compose-props.ts'
import { Tray } from './compose-tray.tsx'

/** One page: the stories at the left, the digest in the middle, what its readers will see at the right. All by forms. */
export const ComposePage = (props: ComposeProps) => {
  const { frame, id } = props
  const words = digestWords[frame.language].compose
  const base = `/admin/digests/${id}`
  return (
    <WorkspacePage
      {...frame}
      title={props.subject || words.newTitle}
      current="digests"
      width="wide"
      notice={<ComposeNotice {...props} words={words} />}
      actions={
        <>
          <span class="muted small">
            {words.saved}{' '}
            <Time at={props.savedAt} zone={frame.publication.timeZone} language={frame.language} />
          </span>
          <Status tone={props.state === 'scheduled' ? 'look' : 'plain'}>
            {digestWords[frame.language].states[props.state]}
          </Status>
          <Button form="digest" name="act" value="save">
            {words.save}
          </Button>
          <ButtonLink kind="main" href={`${base}/send`}>
            {words.send}
          </ButtonLink>
        </>
      }
    >
      <div class="compose">
        <form method="post" action={base} id="digest" class="compose-digest" novalidate>
          {/* Enter in a field saves, rather than pressing the first button of the page. */}
          <button type="submit" name="act" value="save" hidden />
          <input type="hidden" name="revision" value={props.revision} />
          <Head {...props} words={words} />
          <Blocks {...props} words={words} />
        </form>
        <Tray {...props} words={words} />
        <Preview {...props} words={words} base={base} />
      </div>
    </WorkspacePage>
  )
}

const ComposeNotice = ({ problem, state, words }: ComposePart) => {
  if (problem) return <Notice tone="fix">{words[problem]}</Notice>
  return state === 'scheduled' ? <Notice tone="look">{words.scheduledNote}</Notice> : null
}

const Head = ({ words, subject, preheader, newsletters, chosen, errors, frame }: ComposePart) => {
  const ordered = [
    ...chosen.flatMap(slug => newsletters.find(one => one.slug === slug) ?? []),
    ...newsletters.filter(one => !chosen.includes(one.slug)),
  ]
  return (
    <>
      <Field
        name="subject"
        label={words.subject}
        value={subject}
        hint={words.characters([...subject].length)}
        error={errors?.subject ? words.errors.subject : undefined}
      />
      <Field
        name="preheader"
        label={words.preheader}
        hint={words.preheaderHint}
        value={preheader}
        error={errors?.preheader ? words.errors.preheader : undefined}
      />
      <fieldset class="checks compose-newsletters">
        <legend>{words.newsletters}</legend>
        <p class="hint">{words.newslettersHint}</p>
        <ul>
          {ordered.map(({ slug, name }) => (
            <li>
              <label>
                <input type="checkbox" name="newsletters" value={slug} checked={chosen.includes(slug)} />
                <span class="check-text">
                  <span class="check-label">{name}</span>
                  {chosen.length > 1 && chosen[0] === slug && <span class="check-note">{words.first}</span>}
                </span>
              </label>
              {chosen.indexOf(slug) > 0 && (
                <Button small name="act" value={`newsletter-up ${slug}`} label={words.moveUp(name)}>
                  ↑
                </Button>
              )}
            </li>
          ))}
        </ul>
        {errors?.newsletters && <p class="error">{words.errors.newsletters}</p>}
        {newsletters.length === 0 && (
          <a href="/admin/newsletters">{digestWords[frame.language].columns.newsletters}</a>
        )}
      </fieldset>
    </>
  )
}

const Preview = ({ words, mayPreview, base, revision, id }: ComposePart & { base: string }) => (
  <section class="compose-preview" aria-labelledby="preview-title">
    <div class="compose-preview-inner">
      <h2 id="preview-title">{words.preview}</h2>
      {mayPreview ? (
        <>
          <p class="muted small">
            {words.previewSaved} <a href={`${base}/preview?format=html`}>{words.previewHtml}</a> ·{' '}
            <a href={`${base}/preview?format=text`}>{words.previewText}</a>
          </p>
          <iframe
            title={words.preview}
            src={`${base}/preview?format=html&revision=${revision}`}
            class="preview-frame"
          />
        </>
      ) : (
        <p class="muted">{words.previewFirst}</p>
      )}
      <p>
        <a class="small" href={`/admin/digests/${id}/discard`}>
          {words.discard}
        </a>
      </p>
    </div>
  </section>
)
