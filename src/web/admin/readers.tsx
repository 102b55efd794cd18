import { type Context, Hono } from 'hono'
import { mayAct } from '../../domain/roles.ts'
import { listedAddress, sees } from '../../domain/sight.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { countReaders, countSubscribers, countWaitingAndSuppressed } from '../../store/reader-counts.ts'
import { searchReaders } from '../../store/reader-search.ts'
import { attributesInUse, tagsInUse } from '../../store/reader-terms.ts'
import { suppressedAmong } from '../../store/suppressions.ts'
import type { AppEnv } from '../env.ts'
import { placeText } from '../list-query.ts'
import { requireRole } from '../middleware/require-role.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { growth } from './growth.tsx'
import { reader } from './reader.tsx'
import { readerQuery, soughtReaders } from './reader-filter.ts'
import { addReader } from './readers-add.tsx'
import { readersExport } from './readers-export.tsx'
import { readersImport } from './readers-import.tsx'
import { type ReaderCounts, type ReaderList, ReadersPage } from './readers-page.tsx'
import { signUps } from './sign-ups.tsx'
import { suppressed } from './suppressed.tsx'

type C = Context<AppEnv>

const path = '/admin/readers'
const perPage = 50

/** Readers: in numbers for everybody, one at a time for editors, by address for owners. */
export const readers = new Hono<AppEnv>()
  .get('/', requireRole('writer'), async c => {
    const frame = await workspaceFrame(c)
    const [numbers, list] = await Promise.all([
      countAll(c),
      sees(frame.actor) === 'none' ? undefined : readerList(c, frame.publication.timeZone),
    ])
    return c.html(<ReadersPage {...frame} {...{ numbers, list }} erased={c.req.query('done') === 'erased'} />)
  })
  .route('/export', readersExport)
  .route('/sign-ups', signUps)
  .route('/growth', growth)
  .route('/add', addReader)
  .route('/suppressed', suppressed)
  .route('/import', readersImport)
  .route('/', reader)

async function countAll(c: C): Promise<ReaderCounts> {
  const { db } = c.var.services
  const [subscribers, others, byNewsletter, newsletters] = await Promise.all([
    countSubscribers(db),
    countWaitingAndSuppressed(db),
    countReaders(db),
    listNewsletters(db),
  ])
  return {
    ...subscribers,
    ...others,
    newsletters: newsletters.map(one => ({ ...one, ...byNewsletter.get(one.id) })),
  }
}

async function readerList(c: C, zone: string): Promise<ReaderList> {
  const { db } = c.var.services
  const actor = editorOf(c)
  const sight = sees(actor)
  const newsletters = await listNewsletters(db)
  const sought = soughtReaders(c, { zone, sight, newsletters })
  const { typed, filter, before } = sought
  const [found, tags, attributes] = await Promise.all([
    searchReaders(db, { ...filter, before, limit: perPage + 1 }),
    tagsInUse(db),
    attributesInUse(db),
  ])
  const rows = found.slice(0, perPage)
  const last = rows.at(-1)
  const suppressed = await suppressedAmong(
    db,
    rows.map(row => row.email.toLowerCase()),
  )
  return {
    rows: rows.map(row => ({
      ...row,
      email: listedAddress(sight, row.email) ?? '',
      suppressed: suppressed.has(row.email.toLowerCase()),
    })),
    sought,
    newsletters,
    tags,
    attributes,
    first: before && path + readerQuery(typed),
    older:
      last && found.length > perPage
        ? path + readerQuery(typed, { before: placeText({ at: last.createdAt, id: last.id }) })
        : undefined,
    seesAll: sight === 'all',
    mayExport: mayAct(actor.role, 'owner'),
  }
}
