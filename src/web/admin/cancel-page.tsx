import { resultWords } from '../../domain/words/results.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = { frame: WorkspaceFrame; digest: Digest; dispatch: Dispatch }

/** Before a digest is taken back, where nobody has got it, or ended for good. */
export const CancelPage = ({ frame, digest, dispatch }: Props) => {
  const all = resultWords[frame.language]
  const words = dispatch.startedAt ? all.cancelling : all.skipping
  return (
    <WorkspacePage {...frame} title={words.title} current="digests">
      <p class="facts-title">{digest.subject}</p>
      <p>{words.text(dispatch.pending)}</p>
      <form method="post" action={`/admin/digests/${digest.id}/cancel`}>
        <Buttons>
          <Button kind={dispatch.startedAt ? 'danger' : 'main'}>{words.act}</Button>
          <ButtonLink href={`/admin/digests/${digest.id}`}>{words.keep}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
