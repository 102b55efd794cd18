import { type Context, Hono } from 'hono'
import { eraseSubscriber } from '../../actions/erase-subscriber.ts'
import { liftOne } from '../../actions/lift-suppressions.ts'
import { removeFromNewsletter } from '../../actions/remove-from-newsletter.ts'
import { suppressByHand } from '../../actions/suppress-by-hand.ts'
import { line } from '../../domain/text.ts'
import { readerWords } from '../../domain/words/readers.ts'
import { consentsOf } from '../../store/consents.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { deliveriesOf, noticesOf } from '../../store/reader-mail.ts'
import { findSubscriber, type Subscriber } from '../../store/subscribers.ts'
import { subscriptionsOf } from '../../store/subscriptions.ts'
import { suppressionsOf } from '../../store/suppressions.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { pathId } from '../path-id.ts'
import { readForm } from '../read-form.ts'
import { actingOf, editorOf, workspaceFrame } from './frame.ts'
import { OneReaderPage } from './one-reader.tsx'
import { EraseReaderPage, RemoveFromPage } from './reader-endings.tsx'
import { readerExport } from './reader-export.tsx'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

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
  .post('/:id/suppress', async c =>
    withReader(c, async subscriber => {
      const fields = await formFields(c)
      const reading = readForm(line(500, 1), fields.why ?? '', editorOf(c).language)
      if (reading.kind === 'refused')
        return readerPage(c, subscriber, { why: fields.why ?? '', error: Object.values(reading.errors)[0]! })
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

const missing = (c: C) => refusalPage(c, 404, words => words.missing)

async function withReader(c: C, answer: (subscriber: Subscriber) => Response | Promise<Response>) {
  const id = pathId(c)
  const subscriber = id === undefined ? undefined : await findSubscriber(c.var.services.db, id)
  return subscriber ? answer(subscriber) : missing(c)
}

type Failed = { why: string; error: string }

async function readerPage(c: C, subscriber: Subscriber, failed?: Failed) {
  const { db, keys } = c.var.services
  const [frame, subscriptions, consents, digests, mails, suppressions, newsletters] = await Promise.all([
    workspaceFrame(c),
    subscriptionsOf(db, subscriber.id),
    consentsOf(db, subscriber.id),
    deliveriesOf(db, subscriber.id),
    noticesOf(db, subscriber.id),
    suppressionsOf(db, keys, subscriber.addressKey),
    listNewsletters(db),
  ])
  return c.html(
    <OneReaderPage
      {...frame}
      {...{ subscriber, subscriptions, consents, digests, mails, suppressions, newsletters, failed }}
      done={doneWords(c, newsletters)}
    />,
    failed ? 422 : 200,
  )
}

function doneWords(c: C, newsletters: { id: number; name: string }[]): string | undefined {
  const words = readerWords[editorOf(c).language].reader
  const which = newsletters.find(one => String(one.id) === c.req.query('which'))
  switch (c.req.query('done')) {
    case 'ended':
      return which && words.endedWhich(which.name)
    case 'suppressed':
      return words.suppressedNow
    case 'lifted':
      return words.lifted
    default:
      return undefined
  }
}
