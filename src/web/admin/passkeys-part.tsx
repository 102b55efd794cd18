import { passkeyWords } from '../../domain/words/passkeys.ts'
import { proofWords } from '../../domain/words/proof.ts'
import { teamWords } from '../../domain/words/team.ts'
import type { Passkey } from '../../store/passkeys.ts'
import { proofPath } from '../middleware/require-fresh.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { PasskeyForm } from '../views/parts/passkey-form.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

export type PasskeysProps = {
  passkeys: Passkey[]
  /** Whether browsers make passkeys for this site, and whether this editor may add one without a further proof. */
  adding: 'possible' | 'after-proof' | 'not-here'
}

const path = '/admin/settings/you/passkeys'

/** The part of an editor's own page about their passkeys. */
export const Passkeys = ({ passkeys, adding, frame }: PasskeysProps & { frame: WorkspaceFrame }) => {
  const words = passkeyWords[frame.language]
  return (
    <>
      <h2>{words.title}</h2>
      <p class="hint">{words.intro}</p>
      {passkeys.length > 0 && <List passkeys={passkeys} frame={frame} />}
      {adding === 'not-here' && <p class="hint">{words.notHere}</p>}
      {adding === 'after-proof' && (
        <>
          <p class="hint">{words.first}</p>
          <Buttons>
            <ButtonLink href={proofPath('/admin/settings/you')}>
              {proofWords[frame.language].title}
            </ButtonLink>
          </Buttons>
        </>
      )}
      {adding === 'possible' && (
        <>
          <noscript>
            <p class="hint">{words.withoutScript}</p>
          </noscript>
          <PasskeyForm kind="make" action={`${path}/new`} language={frame.language} />
        </>
      )}
    </>
  )
}

const List = ({ passkeys, frame }: { passkeys: Passkey[]; frame: WorkspaceFrame }) => {
  const { language, publication } = frame
  const words = passkeyWords[language]
  const when = (at: Date | null) =>
    at ? (
      <Time at={at} zone={publication.timeZone} language={language} />
    ) : (
      <span class="muted">{teamWords[language].never}</span>
    )
  return (
    <Table
      caption={words.list}
      rows={passkeys}
      columns={[
        { head: words.name, kind: 'title', cell: passkey => passkey.name || words.unnamed },
        { head: words.added, cell: passkey => when(passkey.createdAt) },
        { head: words.lastUsed, cell: passkey => when(passkey.lastUsedAt) },
        {
          head: words.remove,
          kind: 'action',
          cell: passkey => (
            <ButtonLink
              small
              href={`${path}/${passkey.id}/remove`}
              label={words.removeOne(passkey.name || words.unnamed)}
            >
              {words.remove}
            </ButtonLink>
          ),
        },
      ]}
    />
  )
}

/** What can't be undone has its own page. */
export const RemovePasskeyPage = ({ passkey, ...frame }: WorkspaceFrame & { passkey: Passkey }) => {
  const words = passkeyWords[frame.language]
  return (
    <WorkspacePage {...frame} title={words.removing.title(passkey.name || words.unnamed)} current="settings">
      <p>{words.removing.text}</p>
      <form method="post" action={`${path}/${passkey.id}/remove`}>
        <Buttons>
          <Button kind="danger">{words.removing.act}</Button>
          <ButtonLink href="/admin/settings/you">{teamWords[frame.language].cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
