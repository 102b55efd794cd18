import { languages } from '../../domain/languages.ts'
import { cadences } from '../../domain/newsletter.ts'
import { weekdayName, weekdays } from '../../domain/weekdays.ts'
import { commonWords } from '../../domain/words/common.ts'
import { newsletterWords } from '../../domain/words/newsletters.ts'
import { languageNames } from '../../domain/words/settings.ts'
import { templateWords } from '../../domain/words/template.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Check, Field, Select, TextArea, Together } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { SenderProof, type SenderProofState } from './sender-proof.tsx'
import { TimeZone } from './time-zone.tsx'

type Form = WorkspaceFrame & { fields: Fields; errors: FormErrors; proof: SenderProofState }

/** A new newsletter. */
export const NewNewsletterPage = ({ fields, errors, proof, ...frame }: Form) => {
  const words = newsletterWords[frame.language]
  return (
    <WorkspacePage
      {...frame}
      title={words.add}
      current="newsletters"
      notice={<Failed {...{ errors, ...frame }} />}
    >
      <form method="post" action="/admin/newsletters" class="stack">
        <NewsletterFields {...{ fields, errors, proof, ...frame }} withSlug />
        <Buttons>
          <Button kind="main">{words.addAct}</Button>
          <ButtonLink href="/admin/newsletters">{words.cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}

type Edit = Form & { newsletter: Newsletter; saved: boolean }

/** A newsletter's settings, its sign-up, and the way to its end. */
export const EditNewsletterPage = ({ newsletter, saved, fields, errors, proof, ...frame }: Edit) => {
  const words = newsletterWords[frame.language]
  const path = `/admin/newsletters/${newsletter.id}`
  return (
    <WorkspacePage
      {...frame}
      title={words.edit(newsletter.name)}
      current="newsletters"
      notice={
        <>
          <Failed {...{ errors, ...frame }} />
          {saved && <Notice tone="good">{words.saved}</Notice>}
        </>
      }
      actions={
        <>
          <a href={`/admin/newsletters/${newsletter.slug}/template`}>
            {templateWords[frame.language].template}
          </a>
          <a href={`/embed/${newsletter.slug}`}>{words.embed}</a>
        </>
      }
    >
      <p class="muted">{words.slugFixed(`/archive/${newsletter.slug}`)}</p>
      <form method="post" action={path} class="stack">
        <NewsletterFields {...{ fields, errors, proof, ...frame }} />
        <Button kind="main">{words.save}</Button>
      </form>
      <h2>{words.state}</h2>
      <SignUpState newsletter={newsletter} language={frame.language} />
      <p>
        <a href={`${path}/remove`}>{words.remove}</a>
      </p>
    </WorkspacePage>
  )
}

const Failed = ({ errors, language }: { errors: FormErrors } & Pick<WorkspaceFrame, 'language'>) =>
  Object.keys(errors).length > 0 ? <Notice tone="fix">{newsletterWords[language].failed}</Notice> : null

type StateProps = { newsletter: Newsletter } & Pick<WorkspaceFrame, 'language'>

const SignUpState = ({ newsletter, language }: StateProps) => {
  const words = newsletterWords[language]
  const open = newsletter.state === 'open'
  return (
    <form method="post" action={`/admin/newsletters/${newsletter.id}/state`}>
      <p class="hint">{open ? words.closeHint : words.reopenHint}</p>
      <Button name="state" value={open ? 'closed' : 'open'}>
        {open ? words.close : words.reopen}
      </Button>
    </form>
  )
}

type FieldsProps = Form & { withSlug?: boolean }

const NewsletterFields = ({ fields, errors, proof, language, withSlug }: FieldsProps) => {
  const words = newsletterWords[language]
  const field = (name: string) => ({ name, value: fields[name], error: errors[name] })
  const optional = (label: string) => (
    <>
      {label} <span class="muted">({commonWords[language].optional})</span>
    </>
  )
  return (
    <>
      <Field {...field('name')} label={words.name} required />
      {withSlug && <Field {...field('slug')} label={optional(words.slug)} hint={words.slugHint} />}
      <TextArea {...field('description')} label={words.description} hint={words.descriptionHint} rows={3} />
      <Select
        {...field('cadence')}
        label={words.cadence}
        options={cadences.map(value => ({ value, label: words.cadences[value] }))}
      />
      <Field {...field('schedule')} label={optional(words.schedule)} hint={words.scheduleHint} />
      <Check
        name="carriesAdvertising"
        label={words.advertising}
        hint={words.advertisingHint}
        checked={fields.carriesAdvertising !== undefined}
      />
      <Check
        name="archivePublic"
        label={words.archive}
        hint={words.archiveHint}
        checked={fields.archivePublic !== undefined}
      />
      <Check
        name="needsApproval"
        label={words.needsApproval}
        hint={words.needsApprovalHint}
        checked={fields.needsApproval !== undefined}
      />
      <Select
        {...field('language')}
        label={words.language}
        options={languages.map(value => ({ value, label: languageNames[value] }))}
      />
      <TimeZone {...field('timeZone')} label={words.timeZone} />
      <Together legend={words.hours} hint={words.hoursHint}>
        <Field {...field('sendsFrom')} type="time" label={words.sendsFrom} />
        <Field {...field('sendsUntil')} type="time" label={words.sendsUntil} />
      </Together>
      <Together legend={words.expected} hint={words.expectedHint}>
        <Field {...field('expectedAt')} type="time" label={words.expectedAt} />
        <Select
          {...field('expectedWeekday')}
          label={words.expectedWeekday}
          options={[
            { value: '', label: '–' },
            ...weekdays.map(day => ({ value: String(day), label: weekdayName(day, language) })),
          ]}
        />
        <Field
          {...field('expectedDate')}
          type="number"
          min={1}
          max={28}
          size="short"
          label={words.expectedDate}
        />
      </Together>
      <h2>{words.sender}</h2>
      <p class="hint">{words.senderHint}</p>
      <SenderProof {...{ proof, language }} />
      <Field {...field('senderName')} label={optional(words.senderName)} />
      <Field {...field('senderAddress')} type="email" label={optional(words.senderAddress)} />
      <Field {...field('replyTo')} type="email" label={optional(words.replyTo)} />
    </>
  )
}
