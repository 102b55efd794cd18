import { withdrawalWords } from '../../domain/words/withdrawal.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = {
  frame: WorkspaceFrame
  digest: Digest
  dispatch: Dispatch
  fields: Fields
  errors: FormErrors
}

/** Before an edition is taken back: what that does, what it can't do, and why. */
export const WithdrawPage = ({ frame, digest, dispatch, fields, errors }: Props) => {
  const words = withdrawalWords[frame.language]
  const going = dispatch.state === 'sending' || dispatch.state === 'paused'
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      notice={Object.keys(errors).length > 0 && <Notice tone="fix">{words.failed}</Notice>}
    >
      <p class="facts-title">{digest.subject}</p>
      <ul class="hints">
        {words.does.map(one => (
          <li>{one}</li>
        ))}
        {going && dispatch.pending > 0 && <li>{words.stillGoing(dispatch.pending)}</li>}
        <li>{words.mails}</li>
        <li>{words.back}</li>
      </ul>
      <form method="post" class="stack">
        <TextArea
          name="reason"
          label={words.reason}
          hint={words.reasonHint}
          value={fields.reason}
          error={errors.reason}
          rows={3}
          required
        />
        <Buttons>
          <Button kind="danger">{words.act}</Button>
          <ButtonLink href={`/admin/digests/${digest.id}`}>{words.keep}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
