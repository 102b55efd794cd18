import { type Language, languages } from '../../domain/languages.ts'
import { commonWords } from '../../domain/words/common.ts'
import { languageNames, settingsWords } from '../../domain/words/settings.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Check, Field, Select, TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { SenderProof, type SenderProofState } from './sender-proof.tsx'
import { SettingsTabs } from './settings-tabs.tsx'
import { TimeZone } from './time-zone.tsx'

type Props = WorkspaceFrame & {
  fields: Fields
  errors: FormErrors
  saved: boolean
  proof: SenderProofState
}

/** The publication's settings, in one form. */
export const SettingsPage = ({ fields, errors, saved, proof, ...frame }: Props) => {
  const { language, publication } = frame
  const words = settingsWords[language]
  const field = (name: string) => ({ name, value: fields[name], error: errors[name] })
  const failed = Object.keys(errors).length > 0
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="settings"
      notice={<Notices {...{ language, failed, saved, sample: publication.sample }} />}
    >
      <SettingsTabs current="publication" actor={frame.actor} />
      <form method="post" action="/admin/settings" class="stack">
        <h2>{words.publication}</h2>
        <Field {...field('name')} label={words.name} required />
        <Field {...field('tagline')} label={optional(words.tagline, language)} hint={words.taglineHint} />
        <h2>{words.sender}</h2>
        <SenderProof {...{ proof, language }} />
        <Field
          {...field('senderName')}
          label={optional(words.senderName, language)}
          hint={words.senderNameHint}
        />
        <Field
          {...field('senderAddress')}
          type="email"
          label={words.senderAddress}
          hint={words.senderAddressHint}
        />
        <Field
          {...field('replyTo')}
          type="email"
          label={optional(words.replyTo, language)}
          hint={words.replyToHint}
        />
        <TextArea
          {...field('postalAddress')}
          label={words.postalAddress}
          hint={words.postalAddressHint}
          rows={3}
        />
        <h2>{words.readers}</h2>
        <Select
          {...field('language')}
          label={words.language}
          options={languages.map(value => ({ value, label: languageNames[value] }))}
        />
        <TimeZone {...field('timeZone')} label={words.timeZone} />
        <TextArea
          {...field('privacyText')}
          label={optional(words.privacyText, language)}
          hint={words.privacyHint}
          rows={8}
        />
        <h2>{words.links}</h2>
        <p class="hint">{words.linksHint}</p>
        <Check
          {...field('correctableLinks')}
          value="on"
          label={words.correctableLinks}
          hint={words.correctableLinksHint}
          checked={fields.correctableLinks !== undefined}
        />
        <Check
          {...field('countClicks')}
          value="on"
          label={words.countClicks}
          hint={words.countClicksHint}
          checked={fields.countClicks !== undefined}
        />
        <Button kind="main">{words.save}</Button>
      </form>
    </WorkspacePage>
  )
}

type NoticesProps = { language: Language; failed: boolean; saved: boolean; sample: boolean }

const Notices = ({ language, failed, saved, sample }: NoticesProps) => {
  const words = settingsWords[language]
  return (
    <>
      {failed && <Notice tone="fix">{words.failed}</Notice>}
      {saved && !failed && <Notice tone="good">{words.saved}</Notice>}
      {sample && <Notice tone="look">{words.sample}</Notice>}
    </>
  )
}

const optional = (label: string, language: Language) => (
  <>
    {label} <span class="muted">({commonWords[language].optional})</span>
  </>
)
