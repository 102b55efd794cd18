import { approvalWords } from '../../domain/words/approval.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import type { Digest } from '../../store/digests.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { TextArea } from '../views/parts/fields.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { TimeChoice, type TypedTime } from './time-choice.tsx'

type Props = { frame: WorkspaceFrame; digest: Digest; reason: string; time?: TypedTime; wrong?: boolean }

/** Before an owner does without a second person: what it means, and the reason that everybody will see. */
export const OverridePage = ({ frame, digest, reason, time, wrong }: Props) => {
  const words = approvalWords[frame.language].override
  const base = `/admin/digests/${digest.id}`
  return (
    <WorkspacePage {...frame} title={words.title} current="digests">
      <p class="facts-title">{digest.subject}</p>
      <p>{words.text}</p>
      <form method="post" action={`${base}/override`} class="stack" novalidate>
        <TextArea
          name="reason"
          label={words.reason}
          value={reason}
          error={wrong ? words.missing : undefined}
          rows={3}
          maxlength={2000}
          required
        />
        <Buttons>
          <Button kind="danger" name="when" value="now">
            {words.act}
          </Button>
          <ButtonLink href={`${base}/send`}>{words.keep}</ButtonLink>
        </Buttons>
        <TimeChoice
          frame={frame}
          typed={time}
          label={sendingWords[frame.language].at}
          beside={
            <Button name="when" value="at">
              {words.actAt}
            </Button>
          }
        />
      </form>
    </WorkspacePage>
  )
}
