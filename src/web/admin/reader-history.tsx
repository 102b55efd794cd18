import { subscriptionOf } from '../../domain/subscription.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Consent } from '../../store/consents.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { deliveryPage, noticesOf } from '../../store/reader-mail.ts'
import type { Subscriber } from '../../store/subscribers.ts'
import type { subscriptionsOf } from '../../store/subscriptions.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Status } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { nameIn } from './newsletter-names.ts'

/** What is kept about a reader, by kind. */
export type ReaderHistory = {
  subscriber: Subscriber
  subscriptions: Awaited<ReturnType<typeof subscriptionsOf>>
  consents: Consent[]
  digests: Awaited<ReturnType<typeof deliveryPage>>
  mails: Awaited<ReturnType<typeof noticesOf>>
  newsletters: Newsletter[]
  /** Other pages of the digests. */
  newer?: string
  older?: string
}

type Frame = Pick<WorkspaceFrame, 'publication' | 'language'>
type Props = ReaderHistory & Frame

/** A moment in the publication's time zone. */
export const When = ({ at, publication, language }: { at: Date | null } & Frame) =>
  at ? <Time at={at} zone={publication.timeZone} language={language} /> : null

/** What the reader gets, and what they got. */
export const Subscriptions = ({ subscriber, subscriptions, publication, language }: Props) => {
  const words = oneReaderWords[language]
  const names = readerWords[language]
  if (!subscriptions.length) return <p class="muted">{words.noSubscriptions}</p>
  return (
    <Table
      caption={words.subscriptions}
      rows={subscriptions}
      columns={[
        { head: names.newsletter, kind: 'title', cell: row => row.newsletter.name },
        {
          head: words.state,
          cell: row => <State row={row.subscription} {...{ publication, language }} />,
        },
        {
          head: names.since,
          cell: row => <When at={row.subscription.since} {...{ publication, language }} />,
        },
        {
          head: words.remove,
          kind: 'action',
          cell: row =>
            row.subscription.state === 'active' && (
              <ButtonLink
                small
                href={`/admin/readers/${subscriber.id}/newsletters/${row.newsletter.id}/remove`}
              >
                {words.remove}
              </ButtonLink>
            ),
        },
      ]}
    />
  )
}

type StateProps = { row: Props['subscriptions'][number]['subscription'] } & Frame

const State = ({ row, ...frame }: StateProps) => {
  const words = oneReaderWords[frame.language]
  const subscription = subscriptionOf(row, new Date())
  switch (subscription.state) {
    case 'active':
      return <Status tone="good">{words.active}</Status>
    case 'paused':
      return (
        <span>
          <Status tone="look">{words.paused}</Status> {words.until}{' '}
          <When at={subscription.until} {...frame} />
        </span>
      )
    case 'ended':
      return (
        <span>
          <Status>{words.ended}</Status>{' '}
          <span class="muted">
            {words.reasons[subscription.reason]}, <When at={subscription.at} {...frame} />
          </span>
        </span>
      )
  }
}

/** The proofs, the newest first; their wording on demand. */
export const Consents = (props: Props) => {
  const words = oneReaderWords[props.language]
  const events = props.consents.toReversed()
  return (
    <>
      <ConsentTable {...props} events={events.slice(0, shown)} />
      {events.length > shown && (
        <details>
          <summary>{words.earlier(events.length - shown)}</summary>
          <ConsentTable {...props} events={events.slice(shown)} />
        </details>
      )}
    </>
  )
}

/** More of them stand behind a summary. */
const shown = 10

const ConsentTable = ({ events, newsletters, publication, language }: Props & { events: Consent[] }) => {
  const words = oneReaderWords[language]
  const nameOf = nameIn(newsletters, language)
  return (
    <Table
      caption={words.consents}
      rows={events}
      columns={[
        { head: words.when, cell: event => <When at={event.at} {...{ publication, language }} /> },
        {
          head: words.what,
          cell: event => (
            <span>
              {words.consentKinds[event.kind]}
              <br />
              <span class="muted">{event.newsletterIds.map(nameOf).join(', ')}</span>
            </span>
          ),
        },
        {
          head: words.wording,
          cell: event => (
            <details class="wording">
              <summary>{event.reason ? <>“{event.reason}”</> : event.wordingVersion}</summary>
              <p>
                {event.wording} <span class="muted">({event.wordingVersion})</span>
              </p>
            </details>
          ),
        },
        {
          head: words.where,
          cell: event => [event.form, event.origin, event.network].filter(Boolean).join(' · '),
        },
      ]}
    />
  )
}

const tones = { pending: 'plain', sent: 'good', failed: 'fix', suppressed: 'plain', unknown: 'look' } as const

/** The digests that went to the reader, the newest first. */
export const Digests = ({ digests, newsletters, newer, older, publication, language }: Props) => {
  const words = oneReaderWords[language]
  const nameOf = nameIn(newsletters, language)
  if (!digests.length) return <p class="muted">{words.noDigests}</p>
  return (
    <>
      <Table
        caption={words.digests}
        rows={digests}
        columns={[
          {
            head: words.digest,
            kind: 'title',
            cell: row => <a href={`/admin/digests/${row.digestId}`}>{row.subject}</a>,
          },
          { head: readerWords[language].newsletter, cell: row => nameOf(row.newsletterId) },
          {
            head: words.state,
            cell: row => (
              <span>
                <Status tone={tones[row.state]}>{words.deliveries[row.state]}</Status>
                {row.reply && <span class="muted reply"> {row.reply}</span>}
              </span>
            ),
          },
          { head: words.when, cell: row => <When at={row.at} {...{ publication, language }} /> },
        ]}
      />
      <Pager newer={newer} older={older} language={language} />
    </>
  )
}

/** Other mail to the reader, the newest first. */
export const Mails = ({ mails, publication, language }: Props) => {
  const words = oneReaderWords[language]
  return (
    <Table
      caption={words.mails}
      rows={mails.toReversed()}
      columns={[
        { head: words.what, cell: row => words.mailKinds[row.kind] },
        { head: words.state, cell: row => words.mailStates[row.state] },
        { head: words.when, cell: row => <When at={row.at} {...{ publication, language }} /> },
      ]}
    />
  )
}
