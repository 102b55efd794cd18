import { csvLine } from '../domain/subscriber-csv.ts'
import type { Db } from '../store/client.ts'
import { consentsOf } from '../store/consents.ts'
import { listNewsletters } from '../store/newsletters.ts'
import { deliveriesOf, noticesOf } from '../store/reader-mail.ts'
import type { Subscriber } from '../store/subscribers.ts'
import { subscriptionsOf } from '../store/subscriptions.ts'

/** All that is kept about a reader, in the reader's terms (GDPR 15 and 20). */
export type ReaderExport = Awaited<ReturnType<typeof exportSubscriber>>

export async function exportSubscriber(db: Db, subscriber: Subscriber) {
  const newsletters = await listNewsletters(db)
  const nameOf = (id: number) =>
    newsletters.find(newsletter => newsletter.id === id)?.name ?? `newsletter ${id}, which has ended`
  return {
    reader: {
      address: subscriber.address,
      name: subscriber.name,
      language: subscriber.locale,
      timeZone: subscriber.timeZone,
      attributes: subscriber.attributes,
      tags: subscriber.tags,
      since: subscriber.createdAt,
    },
    subscriptions: (await subscriptionsOf(db, subscriber.id)).map(({ newsletter, subscription }) => ({
      newsletter: newsletter.name,
      state: subscription.state,
      since: subscription.since,
      pausedUntil: subscription.pausedUntil,
      endedAt: subscription.endedAt,
      endReason: subscription.endReason,
    })),
    consents: (await consentsOf(db, subscriber.id)).map(event => ({
      at: event.at,
      kind: event.kind,
      newsletters: event.newsletterIds.map(nameOf),
      wording: event.wording,
      wordingVersion: event.wordingVersion,
      form: event.form,
      origin: event.origin,
      network: event.network,
      reason: event.reason,
    })),
    digests: await deliveriesOf(db, subscriber.id),
    mails: await noticesOf(db, subscriber.id),
  }
}

/** The same as CSV: one line per fact, in the order of time within each kind. */
export function exportAsCsv({ reader, subscriptions, consents, digests, mails }: ReaderExport): string {
  const time = (at: Date | null) => at?.toISOString() ?? ''
  const rows: string[][] = [
    ['what', 'at', 'which', 'detail'],
    ['address', time(reader.since), '', reader.address],
    ['name', '', '', reader.name],
    ['language', '', '', reader.language],
    ['time zone', '', '', reader.timeZone ?? ''],
    ...Object.entries(reader.attributes).map(([name, value]) => ['attribute', '', name, value]),
    ...reader.tags.map(tag => ['tag', '', '', tag]),
    ...subscriptions.map(one => ['subscription', time(one.since), one.newsletter, stateOf(one, time)]),
    ...consents.map(one => [
      `consent: ${one.kind}`,
      time(one.at),
      one.newsletters.join('; '),
      [one.wording, one.wordingVersion, one.form, one.origin, one.network, one.reason]
        .filter(Boolean)
        .join(' | '),
    ]),
    ...digests.map(one => ['digest', time(one.at), one.subject, one.state]),
    ...mails.map(one => ['mail', time(one.at), one.kind, one.state]),
  ]
  return rows.map(csvLine).join('')
}

type Listed = ReaderExport['subscriptions'][number]

const stateOf = ({ state, pausedUntil, endedAt, endReason }: Listed, time: (at: Date | null) => string) =>
  [state, pausedUntil && `paused until ${time(pausedUntil)}`, endedAt && `${time(endedAt)} ${endReason}`]
    .filter(Boolean)
    .join(' | ')
