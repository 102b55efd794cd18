import { Hono } from 'hono'
import { eraseSubscriber } from '../../actions/erase-subscriber.ts'
import { liftOne } from '../../actions/lift-suppressions.ts'
import { removeFromNewsletter } from '../../actions/remove-from-newsletter.ts'
import { suppressByHand } from '../../actions/suppress-by-hand.ts'
import { line } from '../../domain/text.ts'
import { subscriptionsOf } from '../../store/subscriptions.ts'
import { suppressionsOf } from '../../store/suppressions.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { readForm } from '../read-form.ts'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { EraseReaderPage, RemoveFromAllPage, RemoveFromPage } from './reader-endings.tsx'
import { readerExport } from './reader-export.tsx'
import { missing, readerPage, withReader } from './reader-shown.tsx'
import { readerTags } from './reader-tag-routes.ts'

/** One reader: what they get, what proves it, what went to them; and what an editor or an owner does about it. */
export const reader = new Hono<AppEnv>()
  .use('/:id/*', requireRole('editor'))
  .get('/:id', async c => withReader(c, subscriber => readerPage(c, subscriber)))
  .get('/:id/newsletters/:newsletter/remove', async c =>
    withReader(c, async subscriber => {
      const active = (await subscriptionsOf(c.var.services.db, subscriber.id)).find(
        ({ newsletter, subscription }) =>
          newsletter.id === pathId(c, 'newsletter') && subscription.state === 'active',
      )
      if (!active) return missing(c)
      return c.html(
        <RemoveFromPage
          {...(await workspaceFrame(c))}
          subscriber={subscriber}
          newsletter={active.newsletter}
        />,
      )
    }),
  )
  .post('/:id/newsletters/:newsletter/remove', async c =>
    withReader(c, async ({ id }) => {
      const newsletterId = pathId(c, 'newsletter')
      if (newsletterId === undefined) return missing(c)
      await removeFromNewsletter(c.var.services, { subscriberId: id, newsletterId })
      return c.redirect(`/admin/readers/${id}?done=ended&which=${newsletterId}`, 303)
    }),
  )
  .get('/:id/remove', async c =>
    withReader(c, async subscriber => {
      const active = (await subscriptionsOf(c.var.services.db, subscriber.id))
        .filter(({ subscription }) => subscription.state === 'active')
        .map(({ newsletter }) => newsletter)
      if (!active.length) return missing(c)
      return c.html(
        <RemoveFromAllPage {...(await workspaceFrame(c))} subscriber={subscriber} newsletters={active} />,
      )
    }),
  )
  .post('/:id/remove', async c =>
    withReader(c, async ({ id }) => {
      await removeFromNewsletter(c.var.services, { subscriberId: id, newsletterId: 'all' })
      return c.redirect(`/admin/readers/${id}?done=ended-all`, 303)
    }),
  )
  .route('/', readerTags)
  .post('/:id/suppress', async c =>
    withReader(c, async subscriber => {
      const fields = await formFields(c)
      const reading = readForm(line(500, 1), fields.why ?? '', editorOf(c).language)
      if (reading.kind === 'refused')
        return readerPage(c, subscriber, {
          field: 'why',
          typed: fields.why ?? '',
          error: Object.values(reading.errors)[0]!,
        })
      await suppressByHand(c.var.services, {
        email: subscriber.address,
        why: reading.data,
        editorId: editorOf(c).id,
      })
      return c.redirect(`/admin/readers/${subscriber.id}?done=suppressed`, 303)
    }),
  )
  .post('/:id/lift/:suppression', requireRole('owner'), async c =>
    withReader(c, async subscriber => {
      const { db, keys } = c.var.services
      const theirs = await suppressionsOf(db, keys, subscriber.addressKey)
      const suppression = theirs.find(one => one.id === pathId(c, 'suppression'))
      if (suppression) await liftOne(c.var.services, suppression.id, actingOf(c))
      return c.redirect(`/admin/readers/${subscriber.id}?done=lifted`, 303)
    }),
  )
  .route('/', readerExport)
  .get('/:id/erase', requireRole('owner'), async c =>
    withReader(c, async subscriber =>
      c.html(<EraseReaderPage {...(await workspaceFrame(c))} subscriber={subscriber} />),
    ),
  )
  .post('/:id/erase', requireRole('owner'), async c =>
    withReader(c, async ({ id }) => {
      await eraseSubscriber(c.var.services, id, actingOf(c))
      return c.redirect('/admin/readers?done=erased', 303)
    }),
  )
