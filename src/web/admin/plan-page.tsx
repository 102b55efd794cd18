import { leadTime } from '../../domain/plan.ts'
import { mayAct } from '../../domain/roles.ts'
import { sayList } from '../../domain/say-list.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { planFormWords } from '../../domain/words/plan-form.ts'
import { planWords } from '../../domain/words/plans.ts'
import type { RunWithDigest } from '../../store/plan-runs.ts'
import type { Plan } from '../../store/plans.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { PlanState } from './plan-state.tsx'
import { sayWhen } from './plan-when.ts'

type Props = {
  frame: WorkspaceFrame
  plan: Plan
  /** Their names, in order. */
  newsletters: string[]
  /** What its slots would take now; absent where it has none. */
  takes?: string[]
  runs: RunWithDigest[]
  done?: string
}

/** A plan: when it runs and what it would make, what became of its editions, on and off. */
export const PlanPage = ({ frame, plan, newsletters, takes, runs, done }: Props) => {
  const { language, publication, actor } = frame
  const words = planWords[language]
  const mayChange = mayAct(actor.role, 'editor')
  const path = `/admin/plans/${plan.id}`
  return (
    <WorkspacePage
      {...frame}
      title={plan.name}
      current="digests"
      notice={done && <Notice tone="good">{done}</Notice>}
      actions={
        <>
          <Status tone={plan.nextAt ? 'good' : 'plain'}>{plan.nextAt ? words.plan.on : words.off}</Status>
          {mayChange && (
            <ButtonLink kind="main" href={`${path}/edit`}>
              {words.plan.edit}
            </ButtonLink>
          )}
        </>
      }
    >
      <p class="facts-title">{sayWhen(plan, language, publication.timeZone)}</p>
      <p>
        <Next plan={plan} frame={frame} />
      </p>
      <dl class="facts">
        <dt>{words.plan.newsletters}</dt>
        <dd>{newsletters.length ? sayList(newsletters, language) : '–'}</dd>
        <dt>{words.plan.subject}</dt>
        <dd>{plan.subject}</dd>
        <dt>{words.plan.mode}</dt>
        <dd>{planFormWords[language].modes[plan.mode]}</dd>
        <dt>{words.plan.takes}</dt>
        <dd>
          <Takes takes={takes} frame={frame} />
        </dd>
      </dl>
      {mayChange && (
        <form method="post" action={`${path}/state`}>
          <Buttons>
            <Button name="state" value={plan.nextAt ? 'off' : 'on'}>
              {plan.nextAt ? words.plan.turnOff : words.plan.turnOn}
            </Button>
          </Buttons>
        </form>
      )}
      <h2>{words.plan.runs}</h2>
      {runs.length === 0 ? (
        <p class="muted">{words.plan.runsNone}</p>
      ) : (
        <div class="plans">
          <Runs {...{ plan, runs, frame }} />
        </div>
      )}
      <p>
        <a href="/admin/plans">{words.title}</a>
        {mayChange && (
          <>
            {' · '}
            <a href={`${path}/delete`}>{words.plan.remove}</a>
          </>
        )}
      </p>
    </WorkspacePage>
  )
}

const Next = ({ plan, frame: { language } }: Pick<Props, 'plan' | 'frame'>) => {
  const words = planWords[language].plan
  if (!plan.nextAt) return <>{words.offText}</>
  const zone = plan.timeZone
  const made = new Date(plan.nextAt.getTime() - leadTime)
  return (
    <>
      {planWords[language].columns.next}: <Time at={plan.nextAt} zone={zone} language={language} />.{' '}
      {words.madeAt} <Time at={made} zone={zone} language={language} />.
    </>
  )
}

const Takes = ({ takes, frame: { language } }: Pick<Props, 'takes' | 'frame'>) => {
  const words = planWords[language].plan
  if (!takes) return <>{words.onlyTexts}</>
  if (takes.length === 0) return <>{words.takesNothing}</>
  return (
    <ul class="slot-takes">
      {takes.map(title => (
        <li>{title}</li>
      ))}
    </ul>
  )
}

const Runs = ({ plan, runs, frame: { language } }: Pick<Props, 'plan' | 'runs' | 'frame'>) => {
  const words = planWords[language]
  return (
    <Table
      caption={words.plan.runsCaption}
      rows={runs}
      columns={[
        {
          head: words.plan.columns.day,
          kind: 'title',
          cell: run => (
            <a href={`/admin/plans/${plan.id}/runs/${run.day}`}>
              <Time at={run.dueAt} zone={plan.timeZone} language={language} />
            </a>
          ),
        },
        {
          head: words.plan.columns.state,
          cell: run => (
            <div>
              <PlanState run={run} language={language} />
              {run.reason && <p class="small muted">{words.reasons[run.reason]}</p>}
            </div>
          ),
        },
        {
          head: words.plan.columns.digest,
          cell: ({ digest, digestId }) =>
            digest && !digest.hidden ? (
              <a href={`/admin/digests/${digestId}`}>{digest.subject || digestWords[language].untitled}</a>
            ) : (
              <span class="muted">{words.plan.gone}</span>
            ),
        },
      ]}
    />
  )
}
