import { decideLinkRequests } from '../actions/decide-link-requests.ts'
import { decideSignUps } from '../actions/decide-sign-ups.ts'
import { createSender } from '../actions/deliver/sender.ts'
import { deliverNotices, noticeLanes } from '../actions/deliver-notices.ts'
import { fetchFeedPictures } from '../actions/fetch-feed-pictures.ts'
import { maySend } from '../actions/home.ts'
import { keepReaderNumbers } from '../actions/keep-reader-numbers.ts'
import { pollDueFeeds } from '../actions/poll-feeds.ts'
import { runPlans } from '../actions/run-plans.ts'
import { recheckApprovals } from '../actions/void-approval.ts'
import { watchNewsletters } from '../actions/watch-newsletters.ts'
import type { MailServer } from '../config/transport.ts'
import { type Loop, startLoop } from '../domain/loop.ts'
import { mailerTo, wiresTo } from '../mail/transport.ts'
import type { Installation } from '../node.ts'
import { type Db, openLedger } from '../store/client.ts'
import { forgetDeadConnections } from '../store/in-flight.ts'
import { purgeLinkRequests } from '../store/link-requests.ts'
import { dropOldLedgers } from '../store/old-ledgers.ts'
import { purgeNotices } from '../store/outbox.ts'
import { indexDueReaders } from '../store/reader-index.ts'
import { purgeSignUps } from '../store/sign-ups.ts'
import { databaseSocket } from './database-socket.ts'
import { keepDatabase } from './keep-database.ts'
import { keepMemoryLean } from './lean-memory.ts'

/** What a process does by itself, beside answering requests. */
export type Work = {
  wake(): void
  /** Starts nothing more, finishes what is being sent, and closes the connections to the mail server. */
  stop(): Promise<void>
}

/** How often a loop looks for work that another process left in the database. */
const look = 500
const hour = 3_600_000
/** How often a loop looks for feeds that are to be asked, and how many it asks at once. */
const lookForFeeds = 15_000
const feedsAtOnce = 4
const lookForPictures = 2000
const lookForPlans = 3000
const lookForMissing = 30_000
/** How often it is looked whether readers are to be found by something else. */
const lookForReaders = 2000
/** How often it is looked whether what was approved is still what would go out. */
const lookForChanges = 2000

/** Only who uses the mailbox loads its SMTP server. */
const openMailbox = async (db: Db) => (await import('../actions/start-mailbox.ts')).startMailbox({ db })

/**
 * Starts the loops of a process that sends: sign-ups, outbox, dispatches, tidying up; and the mailbox where it is used.
 * `all`: also what editors wait for, feeds and their pictures, which take memory that a sender alone does without.
 */
export async function startWork(
  { services, databaseUrl, embedded }: Installation,
  extent: 'all' | 'sending',
): Promise<Work> {
  const { config, db, log } = services
  keepMemoryLean()
  const mailbox = config.transport.kind === 'mailbox' ? await openMailbox(db) : undefined
  const server: MailServer =
    config.transport.kind === 'smtp' ? config.transport.server : { by: 'smtp', url: mailbox!.url }
  const mailer = mailerTo(server, { connections: noticeLanes })
  const ledger = openLedger(databaseUrl, { socket: databaseSocket })
  const sender = createSender({ services, raw: ledger, openWire: wiresTo(server) })
  // The first, second, fourth, eighth … in a row: what fails every 2 s does not fill a disk.
  const failed = (work: string) => (error: unknown, failures: number) => {
    if (Number.isInteger(Math.log2(failures)))
      log.error({ err: error, work, failures }, 'work failed and is tried again')
  }

  const loops: Loop[] = [
    startLoop(
      async () => ((await maySend(services)) && (await decideSignUps(services)) ? 0 : look),
      failed('sign-ups'),
    ),
    startLoop(
      async () => ((await maySend(services)) && (await decideLinkRequests(services)) ? 0 : look),
      failed('link requests'),
    ),
    startLoop(signal => deliverNotices(services, mailer, signal), failed('notices')),
    startLoop(async () => {
      await recheckApprovals(services)
      return lookForChanges
    }, failed('approvals')),
  ]
  const gathering =
    extent === 'all'
      ? [
          startLoop(async signal => {
            const asked = await pollDueFeeds(services, { limit: feedsAtOnce, signal })
            return asked === feedsAtOnce ? 0 : lookForFeeds
          }, failed('feeds')),
          startLoop(
            async () => ((await indexDueReaders(db)) ? 0 : lookForReaders),
            failed('finding readers'),
          ),
          startLoop(() => keepReaderNumbers(services), failed('numbers of readers')),
          startLoop(
            async signal => ((await fetchFeedPictures(services, { limit: 1, signal })) ? 0 : lookForPictures),
            failed('pictures of feeds'),
          ),
        ]
      : []
  const planning = startLoop(async () => {
    if (await maySend(services)) await runPlans(services)
    return lookForPlans
  }, failed('plans'))
  // What a start finds late goes out first: nobody is told that it has not.
  let waking = true
  const watching = startLoop(async () => {
    if (!waking && (await maySend(services))) await watchNewsletters(services)
    waking = false
    return lookForMissing
  }, failed('missing newsletters'))
  const keeping = embedded && keepDatabase(embedded, log)
  const tidying = startLoop(async () => {
    await Promise.all([
      purgeSignUps(db),
      purgeNotices(db),
      purgeLinkRequests(db),
      dropOldLedgers(db),
      forgetDeadConnections(db),
    ])
    return hour
  }, failed('tidying up'))
  return {
    wake() {
      for (const loop of loops) loop.wake()
      sender.wake()
    },
    async stop() {
      const others = [...loops, ...gathering, planning, watching, tidying]
      await Promise.all([...others.map(loop => loop.stop()), sender.drain()])
      await ledger.end({ timeout: 1 })
      await keeping?.stop()
      mailer.close()
      await mailbox?.close()
    },
  }
}
