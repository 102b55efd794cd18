import { mayAct } from '../../domain/roles.ts'
import { planWords } from '../../domain/words/plans.ts'
import type { RunWithDigest } from '../../store/plan-runs.ts'
import type { Plan } from '../../store/plans.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Empty, Notice, Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { DigestsTabs } from './digests-tabs.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { PlanState } from './plan-state.tsx'
import { sayWhen } from './plan-when.ts'

type Props = { frame: WorkspaceFrame; rows: Plan[]; lastRuns: Map<number, RunWithDigest>; done?: string }

/** All plans, with when they run next and what became of their last edition. */
export const PlanList = ({ frame, rows, lastRuns, done }: Props) => {
  const { language, publication, actor } = frame
  const words = planWords[language]
  const mayChange = mayAct(actor.role, 'editor')
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      notice={done && <Notice tone="good">{done}</Notice>}
      actions={
        mayChange && (
          <ButtonLink kind="main" href="/admin/plans/new">
            {words.add}
          </ButtonLink>
        )
      }
    >
      <DigestsTabs current="plans" language={language} />
      {rows.length === 0 ? (
        <Empty title={words.emptyTitle}>
          <p>{mayChange ? words.empty : words.emptyForWriters}</p>
        </Empty>
      ) : (
        <>
          <p class="hint">{words.intro}</p>
          <div class="plans">
            <Table
              caption={words.caption}
              rows={rows}
              columns={[
                {
                  head: words.columns.name,
                  kind: 'title',
                  cell: plan => <a href={`/admin/plans/${plan.id}`}>{plan.name}</a>,
                },
                { head: words.columns.when, cell: plan => sayWhen(plan, language, publication.timeZone) },
                {
                  head: words.columns.next,
                  cell: ({ nextAt, timeZone }) =>
                    nextAt ? (
                      <Time at={nextAt} zone={timeZone} language={language} />
                    ) : (
                      <Status>{words.off}</Status>
                    ),
                },
                {
                  head: words.columns.last,
                  cell: plan => <LastRun plan={plan} run={lastRuns.get(plan.id)} frame={frame} />,
                },
              ]}
            />
          </div>
        </>
      )}
    </WorkspacePage>
  )
}

type LastProps = { plan: Plan; run: RunWithDigest | undefined; frame: WorkspaceFrame }

const LastRun = ({ plan, run, frame: { language } }: LastProps) =>
  run ? (
    <div>
      <PlanState run={run} language={language} />
      <p class="small">
        <a href={`/admin/plans/${plan.id}/runs/${run.day}`}>
          <Time at={run.dueAt} zone={plan.timeZone} language={language} />
        </a>
      </p>
    </div>
  ) : (
    <span class="muted">{planWords[language].never}</span>
  )
