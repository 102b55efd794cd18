import { mailViews } from '../../domain/look.ts'
import type { TemplateFault } from '../../domain/template.ts'
import { lookWords } from '../../domain/words/look.ts'
import { sayTemplateFault, templateWords } from '../../domain/words/template.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = WorkspaceFrame & {
  newsletter: Newsletter
  template: string
  faults?: readonly TemplateFault[]
  /** What is wrong before it is looked into, such as its length. */
  error?: string
  /** What is shown is Broadsheet's, to be changed. */
  started: boolean
  done: 'saved' | 'dropped' | undefined
}

const mostShown = 20

/** A newsletter's template in one large field, each fault with its line above it. */
export const TemplatePage = ({
  newsletter,
  template,
  faults = [],
  error,
  started,
  done,
  ...frame
}: Props) => {
  const { language } = frame
  const words = templateWords[language]
  const path = `/admin/newsletters/${newsletter.slug}/template`
  const own = newsletter.template !== null
  return (
    <WorkspacePage
      {...frame}
      title={words.title(newsletter.name)}
      current="newsletters"
      notice={
        <>
          {(faults.length > 0 || error) && <Notice tone="fix">{words.failed(faults.length || 1)}</Notice>}
          {started && <Notice tone="look">{words.started}</Notice>}
          {done === 'saved' && <Notice tone="good">{words.saved}</Notice>}
          {done === 'dropped' && <Notice tone="good">{words.backDone}</Notice>}
        </>
      }
    >
      <p>
        {words.intro} {own ? words.isOwn : words.isShared}
      </p>
      <Buttons>
        <ButtonLink href={`${path}?from=broadsheet`}>{words.start}</ButtonLink>
        {own && <ButtonLink href={`${path}/drop`}>{words.back}</ButtonLink>}
      </Buttons>
      <form method="post" action={path} class="stack template">
        <TextArea
          code
          name="template"
          label={words.template}
          rows={28}
          value={template}
          error={error ?? (faults.length > 0 ? sayFaults(faults, template, language) : undefined)}
        />
        <Buttons>
          <Button kind="main">{words.save}</Button>
          <Button formaction={`${path}/sample`} formtarget="_blank">
            {words.show}
          </Button>
        </Buttons>
      </form>
      <h2>{words.sample}</h2>
      <p class="hint">{words.sampleHint}</p>
      <p class="inline">
        {mailViews.map(view => (
          <a href={`${path}/sample?view=${view}`}>{lookWords[language].views[view]}</a>
        ))}
      </p>
    </WorkspacePage>
  )
}

function sayFaults(faults: readonly TemplateFault[], template: string, language: WorkspaceFrame['language']) {
  const words = templateWords[language]
  const lines = template.split('\n')
  const left = faults.length - mostShown
  return [
    ...faults.slice(0, mostShown).map(fault => (
      <>
        {fault.line !== null && <strong>{words.line(fault.line)}: </strong>}
        {sayTemplateFault(language, fault)}
        {fault.line !== null && lines[fault.line - 1]?.trim() && (
          <code class="fault-line">{lines[fault.line - 1]!.trim().slice(0, 160)}</code>
        )}
      </>
    )),
    ...(left > 0 ? [words.more(left)] : []),
  ]
}

/** What can't be undone has its own page; the template stands on it, to be copied. */
export const DropTemplatePage = ({ newsletter, ...frame }: WorkspaceFrame & { newsletter: Newsletter }) => {
  const words = templateWords[frame.language]
  const path = `/admin/newsletters/${newsletter.slug}/template`
  return (
    <WorkspacePage {...frame} title={words.removing.title(newsletter.name)} current="newsletters">
      <p>{words.removing.text}</p>
      <TextArea code readonly name="template" label={words.template} rows={12} value={newsletter.template} />
      <form method="post" action={`${path}/drop`}>
        <Buttons>
          <Button kind="danger">{words.removing.act}</Button>
          <ButtonLink href={path}>{words.removing.keep}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
