import type { PropsWithChildren } from 'hono/jsx'
import type { Condition } from '../../domain/audience.ts'
import { plainDay, sayNumber } from '../../domain/dates.ts'
import { audienceWords } from '../../domain/words/audience.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import type { Digest } from '../../store/digests.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { TermInUse } from '../../store/reader-terms.ts'
import type { Fields } from '../form-fields.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Checks, Field, Select } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

export type AudienceProps = {
  frame: WorkspaceFrame
  digest: Digest
  readers: number
  /** The digest's conditions in words, in its order. */
  conditions: string[]
  newsletters: Newsletter[]
  tags: TermInUse[]
  attributes: TermInUse[]
  digests: { id: number; subject: string; startedAt: Date }[]
  isOpen: boolean
  /** What was typed into the form that came back. */
  fields: Fields
  wrong?: { kind: string; problem: 'missing' | 'tooMany' }
  problem?: 'started' | 'changed'
}

/** Who of a digest's newsletters' readers gets it: what holds of them, and four ways to ask for more. */
export const AudiencePage = (props: AudienceProps) => {
  const { frame, digest, conditions, isOpen, problem } = props
  const { language } = frame
  const words = audienceWords[language]
  const base = `/admin/digests/${digest.id}`
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      actions={<ButtonLink href={`${base}/send`}>{words.back}</ButtonLink>}
      notice={problem && <Notice tone="fix">{words[problem]}</Notice>}
    >
      <p class="facts-title">{digest.subject}</p>
      <p class="summary">
        {sendingWords[language].readers(props.readers)} ·{' '}
        {digest.newsletters.map(one => one.name).join(', ') || '–'}
      </p>
      <p class="hint">{words.intro}</p>
      <h2>{words.conditions}</h2>
      {conditions.length === 0 ? (
        <p class="muted">{words.none}</p>
      ) : (
        <ol class="conditions">
          {conditions.map((condition, at) => (
            <li>
              <span>{condition}</span>
              {isOpen && (
                <form method="post" action={`${base}/audience`}>
                  <input type="hidden" name="revision" value={digest.revision} />
                  <Button small name="remove" value={`${at}`} label={`${words.remove}: ${condition}`}>
                    {words.remove}
                  </Button>
                </form>
              )}
            </li>
          ))}
        </ol>
      )}
      {isOpen && (
        <div class="condition-forms">
          <ByTag {...props} />
          <ByAttribute {...props} />
          <ByNewsletter {...props} />
          <ByDigest {...props} />
        </div>
      )}
    </WorkspacePage>
  )
}

type Kind = Condition['kind']

const counted = ({ frame }: AudienceProps, terms: readonly TermInUse[]) =>
  terms.map(({ term, readers }) => ({
    value: term,
    label: `${term} (${sayNumber(readers, frame.language)})`,
  }))

type OneProps = AudienceProps & {
  kind: Kind
  /** The field in which one of these is chosen. */
  name: string
  options: { value: string; label: string }[]
  /** What stands there where there is nothing to choose. */
  empty?: string
}

/** One way to ask for more, with whether it is to be so or not. */
const OneForm = ({ kind, name, options, empty, children, ...props }: PropsWithChildren<OneProps>) => {
  const { frame, digest, fields, wrong } = props
  const words = audienceWords[frame.language]
  const own = words.kinds[kind]
  const typed = fields.kind === kind
  return (
    <form
      method="post"
      action={`/admin/digests/${digest.id}/audience`}
      class="stack condition-form"
      novalidate
    >
      <h3>{own.legend}</h3>
      {empty && options.length === 0 ? (
        <p class="muted">{empty}</p>
      ) : (
        <>
          <input type="hidden" name="revision" value={digest.revision} />
          <input type="hidden" name="kind" value={kind} />
          <Select
            name={name}
            label={own.label}
            value={fields[name]}
            options={[{ value: '', label: '–' }, ...options]}
            error={wrong?.kind === kind ? words[wrong.problem] : undefined}
          />
          {children}
          <Checks
            kind="radio"
            name="is"
            id={`${kind}-is`}
            legend={own.legend}
            legendHidden
            values={[typed && fields.is === 'false' ? 'false' : 'true']}
            options={[
              { value: 'true', label: own.is },
              { value: 'false', label: own.isNot },
            ]}
          />
          <Button>{words.add}</Button>
        </>
      )}
    </form>
  )
}

const ByTag = (props: AudienceProps) => (
  <OneForm
    {...props}
    kind="tag"
    name="tag"
    options={counted(props, props.tags)}
    empty={audienceWords[props.frame.language].noTags}
  />
)

const ByAttribute = (props: AudienceProps) => {
  const words = audienceWords[props.frame.language]
  return (
    <OneForm
      {...props}
      kind="attribute"
      name="name"
      options={counted(props, props.attributes)}
      empty={words.noAttributes}
    >
      <Field name="value" label={words.kinds.attribute.value} value={props.fields.value} />
    </OneForm>
  )
}

const ByNewsletter = (props: AudienceProps) => (
  <OneForm
    {...props}
    kind="newsletter"
    name="newsletter"
    options={props.newsletters.map(({ slug, name }) => ({ value: slug, label: name }))}
  />
)

const ByDigest = (props: AudienceProps) => {
  const { language, publication } = props.frame
  return (
    <OneForm
      {...props}
      kind="got"
      name="digest"
      options={props.digests.map(({ id, subject, startedAt }) => ({
        value: `${id}`,
        label: `${subject || digestWords[language].untitled} · ${plainDay(startedAt, publication.timeZone, language)}`,
      }))}
      empty={audienceWords[language].noDigests}
    />
  )
}
