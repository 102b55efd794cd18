import type { Context } from 'hono'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { consentsOf } from '../../store/consents.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { deliveryPage, noticesOf } from '../../store/reader-mail.ts'
import { tagsInUse } from '../../store/reader-terms.ts'
import { findSubscriber, type Subscriber } from '../../store/subscribers.ts'
import { subscriptionsOf } from '../../store/subscriptions.ts'
import { suppressionsOf } from '../../store/suppressions.ts'
import type { AppEnv } from '../env.ts'
import { idIn, pathId } from '../path-id.ts'
import { editorOf, workspaceFrame } from './frame.ts'
import { OneReaderPage } from './one-reader.tsx'
import { refusalPage } from './refusal.tsx'

type C = Context<AppEnv>

/** There is no such reader, or nothing of theirs. */
export const missing = (c: C) => refusalPage(c, 404, words => words.missing)

/** Answers for the reader whom the path names. */
export async function withReader(c: C, answer: (subscriber: Subscriber) => Response | Promise<Response>) {
  const id = pathId(c)
  const subscriber = id === undefined ? undefined : await findSubscriber(c.var.services.db, id)
  return subscriber ? answer(subscriber) : missing(c)
}

/** A form of the page that comes back. */
export type FailedField = { field: 'why' | 'tag'; typed: string; error: string }

const perPage = 25
const mailsShown = 50

/** All that is known of a reader; 422 with a form that comes back. */
export async function readerPage(c: C, subscriber: Subscriber, failed?: FailedField) {
  const { db, keys } = c.var.services
  const before = idIn(c.req.query('digests'))
  const [frame, subscriptions, consents, found, mails, suppressions, newsletters, tags] = await Promise.all([
    workspaceFrame(c),
    subscriptionsOf(db, subscriber.id),
    consentsOf(db, subscriber.id),
    deliveryPage(db, subscriber.id, { before, limit: perPage + 1 }),
    noticesOf(db, subscriber.id),
    suppressionsOf(db, keys, subscriber.addressKey),
    listNewsletters(db),
    tagsInUse(db),
  ])
  const digests = found.slice(0, perPage)
  const path = `/admin/readers/${subscriber.id}`
  return c.html(
    <OneReaderPage
      {...frame}
      {...{ subscriber, subscriptions, consents, digests, suppressions, newsletters, failed, tags }}
      mails={mails.slice(-mailsShown)}
      newer={before === undefined ? undefined : `${path}#digests`}
      older={found.length > perPage ? `${path}?digests=${digests.at(-1)!.dispatchId}#digests` : undefined}
      done={doneWords(c, newsletters)}
    />,
    failed ? 422 : 200,
  )
}

function doneWords(c: C, newsletters: { id: number; name: string }[]): string | undefined {
  const words = oneReaderWords[editorOf(c).language]
  const which = newsletters.find(one => String(one.id) === c.req.query('which'))
  switch (c.req.query('done')) {
    case 'ended':
      return which && words.endedWhich(which.name)
    case 'ended-all':
      return words.endedAll
    case 'tagged':
      return words.tagged
    case 'untagged':
      return words.untagged
    case 'suppressed':
      return words.suppressedNow
    case 'lifted':
      return words.lifted
    default:
      return undefined
  }
}
