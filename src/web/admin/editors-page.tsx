import { type Role, roles } from '../../domain/roles.ts'
import { accessWords } from '../../domain/words/access.ts'
import { teamWords } from '../../domain/words/team.ts'
import type { Editor } from '../../store/editors.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { ProofNotice } from './proof-pages.tsx'
import { SettingsTabs } from './settings-tabs.tsx'
import { LanguageField, RoleField } from './team-fields.tsx'

type Props = WorkspaceFrame & {
  list: Editor[]
  fields: Fields
  errors: FormErrors
  lastOwner: boolean
  /** The form came back for a proof; `chosen` is the role that was. */
  unproven: boolean
  chosen?: { id: number; role: Role }
  done?: string
}

/** All who may sign in, and the form that invites another. */
export const EditorsPage = (props: Props) => {
  const { list, fields, errors, lastOwner, unproven, chosen, done, ...frame } = props
  const words = teamWords[frame.language].editors
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="settings"
      notice={
        unproven ? (
          <ProofNotice language={frame.language} />
        ) : lastOwner ? (
          <Notice tone="fix">{words.lastOwner}</Notice>
        ) : (
          done && <Notice tone="good">{done}</Notice>
        )
      }
    >
      <SettingsTabs current="editors" actor={frame.actor} />
      <EditorsTable list={list} chosen={chosen} frame={frame} />
      <h2>{words.invite}</h2>
      <p class="hint">{words.inviteText}</p>
      <InviteForm fields={fields} errors={errors} frame={frame} />
    </WorkspacePage>
  )
}

type TableProps = Pick<Props, 'list' | 'chosen'> & { frame: WorkspaceFrame }

const EditorsTable = ({ list, chosen, frame }: TableProps) => {
  const { actor, language, publication } = frame
  const words = teamWords[language]
  return (
    <Table
      caption={words.editors.list}
      rows={list}
      columns={[
        {
          head: words.editors.name,
          kind: 'title',
          cell: editor => (
            <>
              {editor.name || editor.address}
              {editor.id === actor.id && <span class="muted"> · {words.editors.you}</span>}
            </>
          ),
        },
        { head: words.editors.address, cell: editor => editor.address },
        { head: words.role, cell: editor => <RoleForm {...{ editor, chosen, language }} /> },
        {
          head: words.editors.lastSeen,
          cell: editor =>
            editor.lastSeenAt ? (
              <Time at={editor.lastSeenAt} zone={publication.timeZone} language={language} />
            ) : (
              <span class="muted">{words.never}</span>
            ),
        },
        {
          head: words.editors.remove,
          kind: 'action',
          cell: editor => (
            <ButtonLink small href={`/admin/settings/editors/${editor.id}/remove`}>
              {words.editors.remove}
            </ButtonLink>
          ),
        },
      ]}
    />
  )
}

type RoleProps = Pick<Props, 'chosen' | 'language'> & { editor: Editor }

const RoleForm = ({ editor, chosen, language }: RoleProps) => {
  const words = teamWords[language]
  const current = chosen?.id === editor.id ? chosen.role : editor.role
  return (
    <form method="post" action={`/admin/settings/editors/${editor.id}/role`} class="inline">
      <select name="role" aria-label={words.editors.roleOf(editor.name || editor.address)}>
        {roles.map(role => (
          <option value={role} selected={role === current}>
            {accessWords[language].roles[role]}
          </option>
        ))}
      </select>
      <Button small>{words.change}</Button>
    </form>
  )
}

type FormProps = { fields: Fields; errors: FormErrors; frame: WorkspaceFrame }

const InviteForm = ({ fields, errors, frame: { language } }: FormProps) => {
  const words = teamWords[language]
  return (
    <form method="post" action="/admin/settings/editors" class="stack">
      <Field
        name="name"
        label={words.editors.name}
        autocomplete="off"
        value={fields.name}
        error={errors.name}
        required
      />
      <Field
        name="email"
        type="email"
        label={words.editors.address}
        autocomplete="off"
        value={fields.email}
        error={errors.email}
        required
      />
      <RoleField value={fields.role} error={errors.role} language={language} />
      <LanguageField
        label={words.editors.language}
        value={fields.language}
        error={errors.language}
        language={language}
      />
      <Button kind="main">{words.editors.inviteAct}</Button>
    </form>
  )
}

/** What can't be undone has its own page. */
export const RemoveEditorPage = ({ editor, ...frame }: WorkspaceFrame & { editor: Editor }) => {
  const words = teamWords[frame.language]
  const name = editor.name || editor.address
  return (
    <WorkspacePage {...frame} title={words.removing.title(name)} current="settings">
      <p>{words.removing.text(name)}</p>
      {editor.id === frame.actor.id && <p>{words.removing.self}</p>}
      <form method="post" action={`/admin/settings/editors/${editor.id}/remove`}>
        <Buttons>
          <Button kind="danger">{words.removing.act(name)}</Button>
          <ButtonLink href="/admin/settings/editors">{words.cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
