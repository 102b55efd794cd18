import { accentColours, isColour, leastContrast } from '../../domain/accent.ts'
import type { Language } from '../../domain/languages.ts'
import { lookInput, type MailView, mailViews } from '../../domain/look.ts'
import { fontNames } from '../../domain/mail-look.ts'
import { commonWords } from '../../domain/words/common.ts'
import { fontLabels, lookWords } from '../../domain/words/look.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Checks, Field, Select, TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { LogoForm } from './logo-form.tsx'
import { SettingsTabs } from './settings-tabs.tsx'

type Props = WorkspaceFrame & {
  fields: Fields
  errors: FormErrors
  view: MailView
  outcome: 'saved' | 'failed' | undefined
}

const path = '/admin/settings/look'

/** The publication's look, with a sample digest beside it that follows what is typed; without scripts, a button does. */
export const LookPage = ({ fields, errors, view, outcome, ...frame }: Props) => {
  const { language } = frame
  const words = lookWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="settings"
      scripts={['htmx.js']}
      notice={outcome && <Notice tone={outcome === 'saved' ? 'good' : 'fix'}>{words[outcome]}</Notice>}
    >
      <SettingsTabs current="look" actor={frame.actor} />
      <form
        method="post"
        action={path}
        class="look"
        hx-get={`${path}?show=1`}
        hx-trigger="input delay:400ms, change delay:50ms"
        hx-target="#preview"
        hx-select="#preview"
        hx-swap="outerHTML"
        hx-select-oob="#accent-hint"
        hx-sync="this:replace"
      >
        <div class="look-fields">
          <LookFields {...{ fields, errors, language }} />
          <Button kind="main">{words.save}</Button>
        </div>
        <section class="look-preview" aria-labelledby="preview-title">
          <h2 id="preview-title">{words.preview}</h2>
          <p class="hint">{words.previewHint}</p>
          <div class="look-views">
            <Checks
              kind="radio"
              name="view"
              legend={words.view}
              options={mailViews.map(value => ({ value, label: words.views[value] }))}
              values={[view]}
            />
            <Button name="show" value="1" formmethod="get" formnovalidate>
              {words.show}
            </Button>
          </div>
          <Preview {...{ fields, view, language }} />
        </section>
      </form>
      <LogoForm
        language={language}
        logoUrl={frame.publication.logoUrl}
        name={frame.publication.name}
        error={errors.logo}
      />
    </WorkspacePage>
  )
}

const LookFields = ({ fields, errors, language }: Pick<Props, 'fields' | 'errors' | 'language'>) => {
  const words = lookWords[language]
  const field = (name: string) => ({ name, value: fields[name], error: errors[name] })
  const fonts = fontNames.map(value => ({ value, label: fontLabels[value] }))
  const optional = (label: string) => (
    <>
      {label} <span class="muted">({commonWords[language].optional})</span>
    </>
  )
  return (
    <>
      <Field {...field('logoUrl')} type="url" label={optional(words.logoUrl)} hint={words.logoHint} />
      <Accent value={fields.accent ?? ''} error={errors.accent} language={language} />
      <Select {...field('headlineFont')} label={words.headlineFont} hint={words.fontHint} options={fonts} />
      <Select {...field('textFont')} label={words.textFont} options={fonts} />
      <TextArea {...field('footer')} label={optional(words.footer)} hint={words.footerHint} rows={4} />
    </>
  )
}

/** The sample in a frame of its own, at an address that holds what was typed. */
const Preview = ({ fields, view, language }: Pick<Props, 'fields' | 'view' | 'language'>) => {
  const words = lookWords[language]
  const query = new URLSearchParams({ view })
  for (const name of Object.keys(lookInput.shape)) query.set(name, fields[name] ?? '')
  const src = `${path}/preview?${query}`
  return (
    <div id="preview">
      <iframe
        class="letter"
        src={src}
        title={words.preview}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      />
      <p>
        <a href={src}>{words.alone}</a>
      </p>
    </div>
  )
}

/** A colour and what it is good for as text. A typed fault stays as it was typed, which a colour field can't show. */
const Accent = ({ value, error, language }: { value: string; error?: string; language: Language }) => {
  const valid = isColour(value)
  return (
    <Field
      name="accent"
      label={lookWords[language].accent}
      type={valid ? 'color' : 'text'}
      size="short"
      value={value}
      error={error}
      hint={valid ? contrastOf(value, language) : undefined}
    />
  )
}

function contrastOf(colour: string, language: Language): string {
  const words = lookWords[language]
  const figure = (number: number) => number.toLocaleString(language, { maximumFractionDigits: 1 })
  const { contrast, darkened, light } = accentColours(colour)
  return darkened
    ? words.accentWeak(figure(contrast), figure(leastContrast), light)
    : words.accentStrong(figure(contrast), figure(leastContrast))
}
