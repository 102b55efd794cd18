import { type Context, Hono } from 'hono'
import { exportSubscriber } from '../../actions/export-subscriber.ts'
import { noteUse } from '../../actions/note-access.ts'
import { exportWords } from '../../domain/words/exports.ts'
import { findSubscriber } from '../../store/subscribers.ts'
import type { AppEnv } from '../env.ts'
import { requireFresh } from '../middleware/require-fresh.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { ExportPage } from './export-page.tsx'
import { actingOf, workspaceFrame } from './frame.ts'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

/** All that is kept about one reader, for an owner who has just proved who they are. Mounted at the reader. */
export const readerExport = new Hono<AppEnv>()
  .get('/:id/export', requireRole('owner'), requireFresh(), async c => {
    const reader = await theReader(c)
    if (!reader) return refusalPage(c, 404, words => words.missing)
    const frame = await workspaceFrame(c)
    const { title, text, act } = exportWords[frame.language].reader
    const back = `/admin/readers/${reader.id}`
    const words = { title: title(reader.address), text, act }
    return c.html(<ExportPage {...{ frame, words, back }} current="readers" action={`${back}/export`} />)
  })
  .post('/:id/export', requireRole('owner'), requireFresh(), async c => {
    const reader = await theReader(c)
    if (!reader) return refusalPage(c, 404, words => words.missing)
    await noteUse(c.var.services, { kind: 'reader-exported', reader: reader.id }, actingOf(c))
    return c.json(await exportSubscriber(c.var.services.db, reader), 200, {
      'content-disposition': `attachment; filename="reader-${reader.id}.json"`,
    })
  })

async function theReader(c: C) {
  const id = pathId(c)
  return id === undefined ? undefined : findSubscriber(c.var.services.db, id)
}
