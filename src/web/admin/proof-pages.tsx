import { passkeyWords } from '../../domain/words/passkeys.ts'
import { proofWords } from '../../domain/words/proof.ts'
import { proofPath } from '../middleware/require-fresh.ts'
import { Button } from '../views/parts/buttons.tsx'
import { PasskeyForm } from '../views/parts/passkey-form.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = WorkspaceFrame & {
  next?: string
  /** This editor has a passkey that can be used here. */
  byPasskey: boolean
  refused?: 'passkey-refused' | 'too-many'
}

/** Asks for a passkey, or for a link by mail. */
export const ProofPage = ({ next, byPasskey, refused, ...frame }: Props) => {
  const { actor, language } = frame
  const words = proofWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="settings"
      scripts={byPasskey ? ['passkey.js'] : []}
      notice={
        refused && (
          <Notice tone="fix">
            {refused === 'too-many' ? words.tooMany : passkeyWords[language].refused}
          </Notice>
        )
      }
    >
      <p>{words.text}</p>
      {byPasskey && (
        <PasskeyForm
          kind="use"
          action="/admin/proof/passkey"
          label={passkeyWords[language].prove}
          main
          {...{ next, language }}
        />
      )}
      <form method="post" action="/admin/proof/link" class="stack">
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <p class="hint">{words.mailHint}</p>
        <Button kind={byPasskey ? 'plain' : 'main'}>{words.mail(actor.address)}</Button>
      </form>
    </WorkspacePage>
  )
}

/** The link is on its way. */
export const ProofMailedPage = ({
  next,
  mailbox,
  ...frame
}: WorkspaceFrame & { next?: string; mailbox: boolean }) => {
  const words = proofWords[frame.language].mailed
  return (
    <WorkspacePage {...frame} title={words.title} current="settings">
      <p>{words.text(frame.actor.address)}</p>
      {mailbox && (
        <p>
          <a href="/mailbox">{words.mailbox}</a>
        </p>
      )}
      <p>
        <a href={proofPath(next)}>{words.again}</a>
      </p>
    </WorkspacePage>
  )
}

/** Proved, and nowhere to go back to: a form may wait in another tab. */
export const ProvenPage = (frame: WorkspaceFrame) => {
  const words = proofWords[frame.language].done
  return (
    <WorkspacePage {...frame} title={words.title} current="settings">
      <p>{words.text}</p>
      <p>
        <a href="/admin">{words.next}</a>
      </p>
    </WorkspacePage>
  )
}

/** At a form that came back filled in, since whoever sent it has to prove first who they are. */
export const ProofNotice = ({ language }: Pick<WorkspaceFrame, 'language'>) => {
  const words = proofWords[language].refused
  return (
    <Notice
      tone="fix"
      title={words.title}
      action={
        <a href={proofPath()} target="_blank" rel="noopener">
          {words.act}
        </a>
      }
    >
      <p>{words.text}</p>
    </Notice>
  )
}
