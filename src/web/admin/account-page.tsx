import { accessWords } from '../../domain/words/access.ts'
import { passkeyWords } from '../../domain/words/passkeys.ts'
import { teamWords } from '../../domain/words/team.ts'
import type { listSessions } from '../../store/sessions.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, Buttons } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { Passkeys, type PasskeysProps } from './passkeys-part.tsx'
import { SettingsTabs } from './settings-tabs.tsx'
import { LanguageField } from './team-fields.tsx'

type Session = Awaited<ReturnType<typeof listSessions>>[number]
type Props = WorkspaceFrame &
  PasskeysProps & { sessions: Session[]; done?: string; fields: Fields; errors: FormErrors }

/** An editor's own page. */
export const AccountPage = ({ sessions, passkeys, adding, done, fields, errors, ...frame }: Props) => {
  const { actor, language } = frame
  const words = teamWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.account.title}
      current="settings"
      scripts={adding === 'possible' ? ['passkey.js'] : []}
      notice={<Done done={done} passkeys={passkeys} language={language} />}
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
        <LanguageField
          label={words.account.language}
          value={fields.language}
          error={errors.language}
          language={language}
        />
        <Button kind="main">{words.save}</Button>
      </form>
      <Passkeys passkeys={passkeys} adding={adding} frame={frame} />
      <h2>{words.account.sessions}</h2>
      <Sessions sessions={sessions} frame={frame} />
      <p class="hint">{words.account.everywhereHint}</p>
      <Buttons>
        {sessions.length > 1 && (
          <form method="post" action="/admin/settings/you/sessions/others/end">
            <Button>{words.account.others}</Button>
          </form>
        )}
        <form method="post" action="/admin/settings/you/sign-out-everywhere">
          <Button>{words.account.everywhere}</Button>
        </form>
      </Buttons>
    </WorkspacePage>
  )
}

type DoneProps = Pick<Props, 'done' | 'passkeys' | 'language'>

const Done = ({ done, passkeys, language }: DoneProps) => {
  const words = passkeyWords[language]
  switch (done) {
    case 'saved':
      return <Notice tone="good">{teamWords[language].saved}</Notice>
    case 'session-ended':
      return <Notice tone="good">{teamWords[language].account.ended}</Notice>
    case 'others-ended':
      return <Notice tone="good">{teamWords[language].account.othersEnded}</Notice>
    case 'passkey-added':
      return <Notice tone="good">{words.addedNow(passkeys.at(-1)?.name ?? '')}</Notice>
    case 'passkey-removed':
      return <Notice tone="good">{words.removed}</Notice>
    case 'refused':
      return <Notice tone="fix">{words.refused}</Notice>
    case 'too-many':
      return <Notice tone="fix">{words.tooMany}</Notice>
    default:
      return null
  }
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
        {
          head: words.end,
          kind: 'action',
          cell: session =>
            session.current ? null : (
              <form method="post" action={`/admin/settings/you/sessions/${session.id}/end`}>
                <Button small label={words.endOne(session.browser || words.unknownBrowser)}>
                  {words.end}
                </Button>
              </form>
            ),
        },
      ]}
    />
  )
}
