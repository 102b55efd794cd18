import { keyLifetimes } from '../../domain/api-key.ts'
import { accessWords } from '../../domain/words/access.ts'
import { teamWords } from '../../domain/words/team.ts'
import type { ApiKey } from '../../store/api-keys.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Field, Select } from '../views/parts/fields.tsx'
import { Empty, Notice, Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { ProofNotice } from './proof-pages.tsx'
import { SettingsTabs } from './settings-tabs.tsx'
import { RoleField } from './team-fields.tsx'

type Props = WorkspaceFrame & {
  list: ApiKey[]
  fields: Fields
  errors: FormErrors
  revoked: boolean
  /** The form came back for a proof. */
  unproven: boolean
}

/** All keys, and the form that makes one. */
export const KeysPage = ({ list, fields, errors, revoked, unproven, ...frame }: Props) => {
  const words = teamWords[frame.language].keys
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="settings"
      notice={
        unproven ? (
          <ProofNotice language={frame.language} />
        ) : (
          revoked && <Notice tone="good">{words.revoked}</Notice>
        )
      }
    >
      <SettingsTabs current="keys" actor={frame.actor} />
      {list.length > 0 ? (
        <KeysTable list={list} frame={frame} />
      ) : (
        <Empty title={words.none}>
          <p>{words.noneText}</p>
        </Empty>
      )}
      <h2>{words.make}</h2>
      <p class="hint">{words.intro}</p>
      <KeyForm fields={fields} errors={errors} frame={frame} />
    </WorkspacePage>
  )
}

const KeysTable = ({ list, frame }: { list: ApiKey[]; frame: WorkspaceFrame }) => {
  const { language, publication } = frame
  const words = teamWords[language]
  const when = (at: Date | null, as: 'moment' | 'day') =>
    at ? (
      <Time at={at} zone={publication.timeZone} language={language} as={as} />
    ) : (
      <span class="muted">{words.never}</span>
    )
  return (
    <Table
      caption={words.keys.list}
      rows={list}
      columns={[
        { head: words.keys.name, kind: 'title', cell: key => key.name },
        { head: words.keys.key, cell: key => <code>{key.prefix}…</code> },
        { head: words.role, cell: key => accessWords[language].roles[key.role] },
        { head: words.keys.lastUsed, cell: key => when(key.lastUsedAt, 'moment') },
        {
          head: words.keys.expires,
          cell: key => {
            if (!key.expiresAt) return <span class="muted">{words.keys.noEnd}</span>
            if (key.expiresAt <= new Date()) return <Status tone="look">{words.keys.expired}</Status>
            return when(key.expiresAt, 'day')
          },
        },
        {
          head: words.keys.revoke,
          kind: 'action',
          cell: key => (
            <ButtonLink small href={`/admin/settings/keys/${key.id}/revoke`}>
              {words.keys.revoke}
            </ButtonLink>
          ),
        },
      ]}
    />
  )
}

type FormProps = { fields: Fields; errors: FormErrors; frame: WorkspaceFrame }

const KeyForm = ({ fields, errors, frame: { language } }: FormProps) => {
  const words = teamWords[language]
  return (
    <form method="post" action="/admin/settings/keys" class="stack">
      <Field
        name="name"
        label={words.keys.name}
        hint={words.keys.nameHint}
        autocomplete="off"
        value={fields.name}
        error={errors.name}
        required
      />
      <RoleField value={fields.role} error={errors.role} language={language} />
      <Select
        name="lasts"
        label={words.keys.lasts}
        value={fields.lasts}
        error={errors.lasts}
        options={keyLifetimes.map(value => ({ value, label: words.keys.choices[value] }))}
      />
      <Button kind="main">{words.keys.makeAct}</Button>
    </form>
  )
}

type NewKey = WorkspaceFrame & { name: string; secret: string; publicUrl: string }

/** The one time that a key is shown. */
export const NewKeyPage = ({ name, secret, publicUrl, ...frame }: NewKey) => {
  const words = teamWords[frame.language].keys
  return (
    <WorkspacePage {...frame} title={words.made(name)} current="settings">
      <Notice tone="look" title={words.once}>
        <p>
          <code class="secret">{secret}</code>
        </p>
      </Notice>
      <p>{words.use}</p>
      <pre class="octets">{`curl -H "Authorization: Bearer ${secret}" ${publicUrl}/api/v1/newsletters`}</pre>
      <Buttons>
        <ButtonLink kind="main" href="/admin/settings/keys">
          {words.done}
        </ButtonLink>
      </Buttons>
    </WorkspacePage>
  )
}

/** What can't be undone has its own page. */
export const RevokeKeyPage = ({ apiKey, ...frame }: WorkspaceFrame & { apiKey: ApiKey }) => {
  const words = teamWords[frame.language]
  return (
    <WorkspacePage {...frame} title={words.revoking.title(apiKey.name)} current="settings">
      <p>
        <code>{apiKey.prefix}…</code>
      </p>
      <p>{words.revoking.text}</p>
      <form method="post" action={`/admin/settings/keys/${apiKey.id}/revoke`}>
        <Buttons>
          <Button kind="danger">{words.revoking.act}</Button>
          <ButtonLink href="/admin/settings/keys">{words.cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
