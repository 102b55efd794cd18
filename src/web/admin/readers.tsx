import { type Context, Hono } from 'hono'
import { parseEmailAddress } from '../../domain/email-address.ts'
import { mayAct } from '../../domain/roles.ts'
import { listedAddress, sees } from '../../domain/sight.ts'
import type { Db } from '../../store/client.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { countSignUps } from '../../store/sign-ups.ts'
import { countSubscribers, listSubscribers, searchSubscribers } from '../../store/subscribers.ts'
import { countSuppressions, suppressedAmong } from '../../store/suppressions.ts'
import type { AppEnv } from '../env.ts'
import { pageBefore, searchOf } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { reader } from './reader.tsx'
import { readersExport } from './readers-export.tsx'
import { readersImport } from './readers-import.tsx'
import { type ReaderCounts, type ReaderList, ReadersPage } from './readers-page.tsx'
import { signUps } from './sign-ups.tsx'
import { suppressed } from './suppressed.tsx'

type C = Context<AppEnv>

const perPage = 50

/** Readers: in numbers for everybody, by address for editors and owners. */
export const readers = new Hono<AppEnv>()
  .get('/', requireRole('writer'), async c => {
    const frame = await workspaceFrame(c)
    const seesAddresses = mayAct(frame.actor.role, 'editor')
    return c.html(
      <ReadersPage
        {...frame}
        numbers={await countAll(c)}
        list={seesAddresses ? await readerList(c) : undefined}
        erased={c.req.query('done') === 'erased'}
      />,
    )
  })
  .route('/export', readersExport)
  .route('/sign-ups', signUps)
  .route('/suppressed', suppressed)
  .route('/import', readersImport)
  .route('/', reader)

async function countAll(c: C): Promise<ReaderCounts> {
  const { db } = c.var.services
  const [subscribers, signUps, suppressions] = await Promise.all([
    countSubscribers(db),
    countSignUps(db),
    countSuppressions(db),
  ])
  const sum = (counts: Partial<Record<string, number>>) =>
    Object.values(counts).reduce<number>((total, count) => total + (count ?? 0), 0)
  return {
    all: subscribers.all,
    reading: subscribers.reading,
    waiting: (signUps.waiting ?? 0) + (signUps.asked ?? 0),
    suppressed: sum(suppressions),
  }
}

async function readerList(c: C): Promise<ReaderList> {
  const { db } = c.var.services
  const search = searchOf(c)
  const newsletters = await listNewsletters(db)
  const newsletter = newsletters.find(one => one.slug === c.req.query('newsletter'))
  const before = pageBefore(c)
  const sight = sees(c.var.actor)
  const among = { newsletterId: newsletter?.id, limit: perPage + 1 }
  const found =
    search && sight !== 'all'
      ? await byWholeAddress(db, search, among)
      : await searchSubscribers(db, { ...among, prefix: prefixOf(search), before })
  const rows = found.slice(0, perPage)
  const suppressed = await suppressedAmong(
    db,
    rows.map(row => row.email.toLowerCase()),
  )
  const query = (more: Record<string, string>) =>
    `/admin/readers?${new URLSearchParams({ ...(search && { q: search }), ...(newsletter && { newsletter: newsletter.slug }), ...more })}`
  return {
    rows: rows.map(row => ({
      ...row,
      email: listedAddress(sight, row.email) ?? '',
      suppressed: suppressed.has(row.email.toLowerCase()),
    })),
    search,
    newsletter: newsletter?.slug,
    newsletters,
    first: before === undefined ? undefined : query({}),
    older: found.length > perPage ? query({ before: String(rows.at(-1)!.id) }) : undefined,
    mayExport: mayAct(editorOf(c).role, 'owner'),
  }
}

/** Who sees one reader at a time finds them by the whole address: a part of it would tell the rest, letter by letter. */
async function byWholeAddress(db: Db, search: string, among: { newsletterId?: number; limit: number }) {
  const reading = parseEmailAddress(search)
  return reading.kind === 'address' ? listSubscribers(db, { ...among, addressKey: reading.address.key }) : []
}

// A whole address is compared as it is stored: its domain in A-labels.
function prefixOf(search: string): string | undefined {
  const reading = parseEmailAddress(search)
  return reading.kind === 'address' ? reading.address.key : search.toLowerCase() || undefined
}
