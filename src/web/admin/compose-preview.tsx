import { historyWords } from '../../domain/words/history.ts'
import { Button } from '../views/parts/buttons.tsx'
import { type ComposePart, type PreviewView, previewViews } from './compose-props.ts'

/** What readers will see, on a page of its own in a frame: as saved, in the light and width that was chosen. */
export const Preview = ({
  frame,
  words,
  base,
  revision,
  id,
  view,
  previewOf,
  previewAs,
}: ComposePart & { base: string }) => (
  <section class="compose-preview" id="preview" aria-labelledby="preview-title">
    <div class="compose-preview-inner">
      <div class="preview-head">
        <h2 id="preview-title">{words.preview}</h2>
        <nav class="preview-views" aria-labelledby="preview-title">
          {previewViews.map(name => (
            <a href={`?view=${name}`} data-view={name} aria-current={name === view ? 'true' : undefined}>
              {words.views[name]}
            </a>
          ))}
        </nav>
      </div>
      {previewOf.length > 1 && <As words={words} previewOf={previewOf} previewAs={previewAs} view={view} />}
      {previewOf.length > 0 ? (
        <>
          <div class="preview-stage" id="preview-stage" data-view={view}>
            <iframe
              title={words.preview}
              src={frameUrl(base, view, previewAs, revision)}
              class="preview-frame"
            />
          </div>
          <p class="muted small">
            <a href={`${base}/preview?format=html`}>{words.previewHtml}</a> ·{' '}
            <a href={`${base}/preview?format=text`}>{words.previewText}</a>
            <span class="without-script"> · {words.previewSaved}</span>
          </p>
        </>
      ) : (
        <p class="muted">{words.previewFirst}</p>
      )}
      <p class="small">
        <a href={`/admin/digests/${id}/history`} data-flush>
          {historyWords[frame.language].link}
        </a>{' '}
        · <a href={`/admin/digests/${id}/discard`}>{words.discard}</a>
      </p>
    </div>
  </section>
)

const frameUrl = (base: string, view: PreviewView, newsletter: string, revision: number) =>
  `${base}/preview?${new URLSearchParams({
    format: view === 'text' ? 'text' : 'html',
    ...(view !== 'text' && { scheme: view === 'dark' ? 'dark' : 'light' }),
    newsletter,
    revision: String(revision),
  })}`

/** Blocks may be for the readers of one newsletter alone, so each has a preview of its own. */
const As = ({
  words,
  previewOf,
  previewAs,
  view,
}: Pick<ComposePart, 'words' | 'previewOf' | 'previewAs' | 'view'>) => (
  <form method="get" class="preview-as">
    <input type="hidden" name="view" value={view} />
    <label for="preview-newsletter">{words.viewAs}</label>
    <select id="preview-newsletter" name="newsletter">
      {previewOf.map(({ slug, name }) => (
        <option value={slug} selected={slug === previewAs}>
          {name}
        </option>
      ))}
    </select>
    <span class="without-script">
      <Button small>{words.panes}</Button>
    </span>
  </form>
)
