import { Hono } from 'hono'
import { exportSubscribers } from '../../actions/export-subscribers.ts'
import { noteUse } from '../../actions/note-access.ts'
import { sayNumber } from '../../domain/dates.ts'
import { exportWords } from '../../domain/words/exports.ts'
import { countExported } from '../../store/subscriber-export.ts'
import type { AppEnv } from '../env.ts'
import { requireFresh } from '../middleware/require-fresh.ts'
import { requireRole } from '../middleware/require-role.ts'
import { textStream } from '../text-stream.ts'
import { ExportPage } from './export-page.tsx'
import { actingOf, workspaceFrame } from './frame.ts'

const path = '/admin/readers/export'

/** All readers with their addresses, for an owner who has just proved who they are. */
export const readersExport = new Hono<AppEnv>()
  .use(requireRole('owner'), requireFresh(path))
  .get('/', async c => {
    const [frame, readers] = await Promise.all([workspaceFrame(c), countExported(c.var.services.db)])
    const { title, text, act } = exportWords[frame.language].readers
    const count = sayNumber(readers, frame.language)
    const words = { title, text: text(count), act: act(count) }
    return c.html(<ExportPage {...{ frame, words }} current="readers" action={path} back="/admin/readers" />)
  })
  .post('/', async c => {
    await noteUse(c.var.services, { kind: 'readers-exported' }, actingOf(c))
    const name = `readers-${new Date().toISOString().slice(0, 10)}.csv`
    return new Response(textStream(exportSubscribers(c.var.services.db)), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${name}"`,
      },
    })
  })
