import { Hono } from 'hono'
import { exportFailures } from '../../actions/export-failures.ts'
import { noteUse } from '../../actions/note-access.ts'
import type { Sight } from '../../domain/sight.ts'
import { sees } from '../../domain/sight.ts'
import { exportWords } from '../../domain/words/exports.ts'
import type { AppEnv } from '../env.ts'
import { requireFresh } from '../middleware/require-fresh.ts'
import { requireRole } from '../middleware/require-role.ts'
import { textStream } from '../text-stream.ts'
import { missing } from './digest-of.ts'
import { ExportPage } from './export-page.tsx'
import { type C, type Started, started } from './failed-digest.ts'
import { chosenBy, failureFilter, queryOf } from './failure-filter.ts'
import { actingOf, workspaceFrame } from './frame.ts'

/** Those whom a digest did not reach, as a file: with masked addresses for editors, in full for an owner who proved it. */
export const failuresExport = new Hono<AppEnv>()
  .get('/:id/failures.csv', requireRole('editor'), async c => {
    const about = await started(c)
    if (!about) return missing(c)
    const sight = sees(c.var.actor)
    if (sight === 'all')
      return c.redirect(`/admin/digests/${about.digest.id}/failures/export${queryOf(failureFilter(c))}`, 303)
    return file(c, about, sight)
  })
  .get('/:id/failures/export', requireRole('owner'), requireFresh(), async c => {
    const about = await started(c)
    if (!about) return missing(c)
    const frame = await workspaceFrame(c)
    const base = `/admin/digests/${about.digest.id}/failures`
    const query = queryOf(failureFilter(c))
    const words = exportWords[frame.language].failures
    return c.html(
      <ExportPage
        {...{ frame, words }}
        current="digests"
        action={`${base}/export${query}`}
        back={base + query}
      />,
    )
  })
  .post('/:id/failures/export', requireRole('owner'), requireFresh(), async c => {
    const about = await started(c)
    if (!about) return missing(c)
    await noteUse(c.var.services, { kind: 'failures-exported', digest: about.digest.id }, actingOf(c))
    return file(c, about, 'all')
  })

function file(c: C, { digest, dispatch }: Started, sight: Sight): Response {
  const lines = exportFailures(c.var.services.db, dispatch.id, chosenBy(failureFilter(c), sight), sight)
  return new Response(textStream(lines), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="digest-${digest.id}-failures.csv"`,
    },
  })
}
