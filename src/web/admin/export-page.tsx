import { exportWords } from '../../domain/words/exports.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = {
  frame: WorkspaceFrame
  current: 'readers' | 'digests'
  words: { title: string; text: string; act: string }
  /** Where the button posts; the answer is the file. */
  action: string
  back: string
}

/** Before addresses are given away: what, and who hears of it. A look at it gives nothing away. */
export const ExportPage = ({ frame, current, words, action, back }: Props) => (
  <WorkspacePage {...frame} title={words.title} current={current}>
    <p>{words.text}</p>
    <p>{exportWords[frame.language].noted}</p>
    <form method="post" action={action}>
      <Buttons>
        <Button kind="main">{words.act}</Button>
        <ButtonLink href={back}>{exportWords[frame.language].cancel}</ButtonLink>
      </Buttons>
    </form>
  </WorkspacePage>
)
