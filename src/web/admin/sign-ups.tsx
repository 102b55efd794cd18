import { Hono } from 'hono'
import { listedAddress, sees } from '../../domain/sight.ts'
import { readerWords } from '../../domain/words/readers.ts'
import { listNewsletters, type Newsletter } from '../../store/newsletters.ts'
import { listSignUps, type SignUp } from '../../store/sign-ups.ts'
import type { AppEnv } from '../env.ts'
import { pageBefore } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { Empty, Status } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { type WorkspaceFrame, workspaceFrame } from './frame.ts'
import { When } from './reader-history.tsx'
import { ReadersTabs } from './readers-tabs.tsx'

const path = '/admin/readers/sign-ups'
const perPage = 50

/** What strangers asked for in the last 30 days, confirmed or not. */
export const signUps = new Hono<AppEnv>().use(requireRole('editor')).get('/', async c => {
  const { db } = c.var.services
  const before = pageBefore(c)
  const [frame, found, newsletters] = await Promise.all([
    workspaceFrame(c),
    listSignUps(db, { limit: perPage + 1, before }),
    listNewsletters(db),
  ])
  const rows = found.slice(0, perPage)
  return c.html(
    <SignUpsPage
      {...{ ...frame, rows, newsletters }}
      first={before === undefined ? undefined : path}
      older={found.length > perPage ? `${path}?before=${rows.at(-1)!.id}` : undefined}
    />,
  )
})

type Props = WorkspaceFrame & { rows: SignUp[]; newsletters: Newsletter[]; first?: string; older?: string }

const tones = {
  waiting: 'plain',
  asked: 'look',
  merged: 'plain',
  confirmed: 'good',
  refused: 'plain',
  objected: 'fix',
} as const

const SignUpsPage = ({ rows, newsletters, first, older, ...frame }: Props) => {
  const { language } = frame
  const words = readerWords[language]
  const nameOf = (id: number) => newsletters.find(one => one.id === id)?.name ?? `${id}`
  return (
    <WorkspacePage {...frame} title={words.signUps.title} current="readers">
      <ReadersTabs current="signUps" actor={frame.actor} />
      <p class="hint">{words.signUps.intro}</p>
      {rows.length === 0 ? (
        <Empty title={words.signUps.none}>
          <p>{words.signUps.noneText}</p>
        </Empty>
      ) : (
        <Table
          caption={words.signUps.caption}
          rows={rows}
          columns={[
            { head: words.address, cell: row => listedAddress(sees(frame.actor), row.address) },
            { head: words.newsletter, cell: row => row.newsletterIds.map(nameOf).join(', ') },
            {
              head: words.signUps.state,
              cell: row => <Status tone={tones[row.state]}>{words.signUps.states[row.state]}</Status>,
            },
            { head: words.signUps.form, cell: row => words.signUps.forms[row.form] },
            { head: words.reader.when, cell: row => <When at={row.createdAt} {...frame} /> },
          ]}
        />
      )}
      <Pager newer={first} older={older} language={language} />
    </WorkspacePage>
  )
}
