import { longDay } from '../../domain/dates.ts'
import { mayAct } from '../../domain/roles.ts'
import { sayList } from '../../domain/say-list.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { sayFound } from '../../domain/words/findings.ts'
import { planRunWords } from '../../domain/words/plan-run.ts'
import { planWords } from '../../domain/words/plans.ts'
import type { Digest } from '../../store/digests.ts'
import type { RunWithDigest } from '../../store/plan-runs.ts'
import type { Plan } from '../../store/plans.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { EditionFrames } from './edition-frames.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { isPaused, PlanState } from './plan-state.tsx'

export type PlanRunProps = {
  frame: WorkspaceFrame
  plan: Plan
  run: RunWithDigest
  /** The digest as it stands, where it can be looked at. */
  edition?: Digest
  newsletters: string[]
  readers: number
  /** One of its newsletters demands a second person. */
  needsApproval: boolean
  stories: string[]
  /** What came of a button. */
  problem?: 'tooLate' | 'changed'
}

/** A plan's edition of one day: what it is, and the button that stops, sends or skips it. */
export const PlanRunPage = (props: PlanRunProps) => {
  const { frame, plan, run, edition, newsletters, stories, problem } = props
  const { language } = frame
  const words = planRunWords[language]
  const { digest } = run
  return (
    <WorkspacePage
      {...frame}
      title={words.title(plan.name, longDay(run.dueAt, plan.timeZone, language))}
      current="digests"
      notice={problem && <Notice tone="look">{words[problem]}</Notice>}
      actions={<PlanState run={run} language={language} />}
    >
      <p>{whatIs(props)}</p>
      {run.faults && (
        <>
          <h2>{words.faults}</h2>
          <ul class="slot-takes">
            {run.faults.map(fault => (
              <li>{sayFound(fault, language, plan.timeZone)}</li>
            ))}
          </ul>
        </>
      )}
      <dl class="facts">
        {digest && (
          <>
            <dt>{words.edition}</dt>
            <dd>
              {digest.hidden ? (
                digest.subject
              ) : (
                <a href={`/admin/digests/${run.digestId}`}>
                  {digest.subject || digestWords[language].untitled}
                </a>
              )}
            </dd>
          </>
        )}
        <dt>{words.for}</dt>
        <dd>
          {newsletters.length ? sayList(newsletters, language) : '–'}
          {', '}
          {digestWords[language].readers(props.readers)}
        </dd>
        <dt>{run.state === 'made' ? words.goes : words.time}</dt>
        <dd>
          <Time at={run.dueAt} zone={plan.timeZone} language={language} as="clock" />
        </dd>
        {stories.length > 0 && (
          <>
            <dt>{words.stories}</dt>
            <dd>
              <ul class="slot-takes">
                {stories.map(title => (
                  <li>{title}</li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      <Steps {...props} />
      {edition && <EditionFrames digest={edition} language={language} />}
      <p>
        <a href={`/admin/plans/${plan.id}`}>{words.back}</a>
      </p>
    </WorkspacePage>
  )
}

function whatIs({ frame, run }: PlanRunProps): string {
  const words = planRunWords[frame.language]
  if (isPaused(run)) return words.paused
  if (run.reason === 'deleted') return words.deleted
  const says = words.says[run.state]
  return run.reason ? `${planWords[frame.language].reasons[run.reason]} ${says}` : says
}

const Steps = ({ frame, plan, run, readers, needsApproval }: PlanRunProps) => {
  const words = planRunWords[frame.language]
  const path = `/admin/plans/${plan.id}/runs/${run.day}`
  const canBeStopped = run.state === 'made' && run.digest?.dispatch !== null
  const waits = run.state === 'waiting' || run.state === 'unapproved' || run.state === 'stopped'
  if (!canBeStopped && run.state !== 'asks') {
    if (!run.digest || run.digest.hidden) return null
    return (
      <Buttons>
        {waits ? (
          <ButtonLink kind="main" href={`/admin/digests/${run.digestId}/send`}>
            {words.send}
          </ButtonLink>
        ) : (
          <ButtonLink href={`/admin/digests/${run.digestId}`}>{words.open}</ButtonLink>
        )}
      </Buttons>
    )
  }
  if (!mayAct(frame.actor.role, 'editor')) return <p class="muted">{words.notYours}</p>
  if (canBeStopped)
    return (
      <form method="post" action={`${path}/stop`}>
        <Buttons>
          <Button kind="main">{words.stop}</Button>
          <ButtonLink href={`/admin/digests/${run.digestId}`}>{words.open}</ButtonLink>
        </Buttons>
      </form>
    )
  return (
    <form method="post" action={`${path}/send`}>
      <Buttons>
        <Button kind="main">{needsApproval ? words.askNow : words.sendNow(readers)}</Button>
        <Button formaction={`${path}/skip`}>{words.skip}</Button>
      </Buttons>
    </form>
  )
}
