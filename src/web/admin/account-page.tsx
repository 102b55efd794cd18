import { languages } from '../../domain/languages.ts'
import { accessWords } from '../../domain/words/access.ts'
import { languageNames } from '../../domain/words/settings.ts'
import { teamWords } from '../../domain/words/team.ts'
import type { listSessions } from '../../store/sessions.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field, Select } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { SettingsTabs } from './settings-tabs.tsx'

type Session = Awaited<ReturnType<typeof listSessions>>[number]
type Props = WorkspaceFrame & { sessions: Session[]; saved: boolean; fields: Fields; errors: FormErrors }

/** An editor's own page. */
export const AccountPage = ({ sessions, saved, fields, errors, ...frame }: Props) => {
  const { actor, language } = frame
  const words = teamWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.account.title}
      current="settings"
      notice={saved && <Notice tone="good">{words.saved}</Notice>}
    >
      <SettingsTabs current="account" actor={actor} />
      <p>
        {actor.address}
        <br />
        <span class="muted">{words.account.role(accessWords[language].roles[actor.role])}</span>
      </p>
      <form method="post" action="/admin/settings/you" class="stack">
        <Field
          name="name"
          label={words.account.name}
          autocomplete="name"
          value={fields.name}
          error={errors.name}
          required
        />
        <Select
          name="language"
          label={words.account.language}
          value={fields.language}
          error={errors.language}
          options={[
            { value: '', label: words.account.byBrowser },
            ...languages.map(value => ({ value, label: languageNames[value] })),
          ]}
        />
        <Button kind="main">{words.save}</Button>
      </form>
      <h2>{words.account.sessions}</h2>
      <Sessions sessions={sessions} frame={frame} />
      <p class="hint">{words.account.everywhereHint}</p>
      <form method="post" action="/admin/settings/you/sign-out-everywhere">
        <Button>{words.account.everywhere}</Button>
      </form>
    </WorkspacePage>
  )
}

const Sessions = ({ sessions, frame }: { sessions: Session[]; frame: WorkspaceFrame }) => {
  const words = teamWords[frame.language].account
  const when = (at: Date) => <Time at={at} zone={frame.publication.timeZone} language={frame.language} />
  return (
    <Table
      caption={words.sessions}
      rows={sessions}
      columns={[
        {
          head: words.browser,
          cell: session => (
            <span>
              {session.browser || words.unknownBrowser}
              {session.current && <span class="muted"> · {words.here}</span>}
            </span>
          ),
        },
        { head: words.since, cell: session => when(session.since) },
        { head: words.lastSeen, cell: session => when(session.lastSeenAt) },
      ]}
    />
  )
}
