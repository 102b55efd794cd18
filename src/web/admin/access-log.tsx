import { Hono } from 'hono'
import { type AccessKind, accessKinds } from '../../domain/access-event.ts'
import { accessLogWords, sayAccess, sayActor } from '../../domain/words/access-log.ts'
import { type AccessEntry, listAccess } from '../../store/access-log.ts'
import type { AppEnv } from '../env.ts'
import { pageBefore } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Select } from '../views/parts/fields.tsx'
import { Empty } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { type WorkspaceFrame, workspaceFrame } from './frame.ts'
import { SettingsTabs } from './settings-tabs.tsx'

const path = '/admin/settings/log'
const perPage = 50

/** Who gave, took or used access: for owners, to read. */
export const accessLog = new Hono<AppEnv>().use(requireRole('owner')).get('/', async c => {
  const kind = accessKinds.find(one => one === c.req.query('kind'))
  const before = pageBefore(c)
  const [frame, found] = await Promise.all([
    workspaceFrame(c),
    listAccess(c.var.services.db, { kind, before, limit: perPage + 1 }),
  ])
  const rows = found.slice(0, perPage)
  return c.html(
    <AccessLogPage
      {...{ frame, rows, kind }}
      first={before === undefined ? undefined : pageOf(kind)}
      older={found.length > perPage ? pageOf(kind, rows.at(-1)!.id) : undefined}
    />,
  )
})

function pageOf(kind: AccessKind | undefined, before?: number): string {
  const query = new URLSearchParams({
    ...(kind && { kind }),
    ...(before !== undefined && { before: `${before}` }),
  })
  return query.size ? `${path}?${query}` : path
}

type Props = { frame: WorkspaceFrame; rows: AccessEntry[]; kind?: AccessKind; first?: string; older?: string }

const AccessLogPage = ({ frame, rows, kind, first, older }: Props) => {
  const { language, publication } = frame
  const words = accessLogWords[language]
  return (
    <WorkspacePage {...frame} title={words.title} current="settings">
      <SettingsTabs current="log" actor={frame.actor} />
      <p class="hint">{words.intro}</p>
      <form method="get" action={path} class="search">
        <Select
          name="kind"
          label={words.kind}
          value={kind ?? ''}
          options={[
            { value: '', label: words.anyKind },
            ...accessKinds.map(value => ({ value, label: words.kinds[value] })),
          ]}
        />
        <Button>{words.show}</Button>
      </form>
      {rows.length === 0 ? (
        <Empty title={words.none}>
          <p>{kind ? words.noneOfKind : words.noneText}</p>
        </Empty>
      ) : (
        <Table
          caption={words.caption}
          rows={rows}
          columns={[
            { head: words.what, kind: 'title', cell: ({ event }) => <What {...{ event, language }} /> },
            { head: words.who, cell: ({ by }) => sayActor(by, language) },
            {
              head: words.where,
              cell: ({ network }) => network || <span class="muted">{words.thisMachine}</span>,
            },
            {
              head: words.when,
              cell: ({ at }) => <Time at={at} zone={publication.timeZone} language={language} />,
            },
          ]}
        />
      )}
      <Pager newer={first} older={older} language={language} />
    </WorkspacePage>
  )
}

const What = ({ event, language }: Pick<AccessEntry, 'event'> & Pick<WorkspaceFrame, 'language'>) => (
  <>
    {accessLogWords[language].kinds[event.kind]}
    <br />
    <span class="entry">{sayAccess(event, language)}</span>
  </>
)
