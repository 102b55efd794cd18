import { planWords } from '../../domain/words/plans.ts'
import type { RunWithDigest } from '../../store/plan-runs.ts'
import type { Plan } from '../../store/plans.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = { frame: WorkspaceFrame; plan: Plan; scheduled?: RunWithDigest }

/** Before a plan is deleted: what goes with it, and what goes out all the same. */
export const RemovePlanPage = ({ frame, plan, scheduled }: Props) => {
  const { language } = frame
  const words = planWords[language].removing
  const path = `/admin/plans/${plan.id}`
  return (
    <WorkspacePage {...frame} title={words.title(plan.name)} current="digests">
      {scheduled && (
        <Notice
          tone="look"
          title={words.scheduled(scheduled.digest?.subject ?? '')}
          action={<ButtonLink href={`${path}/runs/${scheduled.day}`}>{words.see}</ButtonLink>}
        >
          <Time at={scheduled.dueAt} zone={plan.timeZone} language={language} />
        </Notice>
      )}
      <p>{words.text}</p>
      <form method="post" action={`${path}/delete`}>
        <Buttons>
          <Button kind="danger">{words.act}</Button>
          <ButtonLink href={path}>{words.keep}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
