import { expect, test } from 'vitest'
import { decideLinkRequests } from '../../src/actions/decide-link-requests.ts'
import { decideSignUps } from '../../src/actions/decide-sign-ups.ts'
import { tendDispatches } from '../../src/actions/deliver/tend-dispatches.ts'
import { deliverNotices } from '../../src/actions/deliver-notices.ts'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { runPlans } from '../../src/actions/run-plans.ts'
import { recheckApprovals } from '../../src/actions/void-approval.ts'
import { watchNewsletters } from '../../src/actions/watch-newsletters.ts'
import { mailerTo } from '../../src/mail/transport.ts'
import { openDatabase, openRaw } from '../../src/store/client.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { addStory, day, hour, openPlanRoom, planAsOf, runsOf } from '../plans/newsroom.ts'
import { deliverDue } from '../support/batch-queue.ts'
import { useSink } from '../support/sending-story.ts'

// What asks the database for more within a transaction than the transaction's own connection waits for itself, where
// there is no other: a Worker's invocation has one or two.

const sink = useSink()

/** A newsroom where something of each kind is due. */
async function roomWithAllSorts() {
  const app = await openPlanRoom(
    { cadence: 'daily', expectedAt: '06:30' },
    { env: { SMTP_URL: sink.current.url } },
  )
  const { db, config } = app.services
  await updatePublication(db, { correctableLinks: true, countClicks: true })
  for (let n = 0; n < 6; n++) await addStory(app)
  await planAsOf(app, new Date(Date.now() - day))
  await app.post('/subscribe', { email: 'ana@one.example', newsletter: 'morning-brief' })
  await app.post('/preferences', { email: 'reader1@two.example' })
  await app.raw`update plans set next_at = now() + interval '10 minutes'`
  const digest = await addDigest(db, {
    subject: 'The newest',
    preheader: 'And what it means',
    blocks: [{ type: 'newest', section: '', count: 2 }],
    newsletterIds: [app.newsletterId],
  })
  expect(await dispatchDigest(app.services, digest)).toMatchObject({ kind: 'created' })
  if (config.transport.kind !== 'smtp') throw new Error('not by SMTP')
  return { ...app, server: config.transport.server, digest }
}

type Room = Awaited<ReturnType<typeof roomWithAllSorts>>

/** A round, with so many connections to the database. */
async function round({ services, databaseUrl, server }: Room, connections: number) {
  const { db, close } = openDatabase(databaseUrl, { connections })
  const raw = openRaw(databaseUrl, { connections: 1 })
  const mailer = mailerTo(server, { connections: 2 })
  const own = { ...services, db }
  try {
    while (await decideSignUps(own));
    while (await decideLinkRequests(own));
    await recheckApprovals(own)
    await runPlans(own)
    await watchNewsletters(own, new Date(Date.now() + 2 * day + hour))
    await Promise.all([deliverNotices(own, mailer), tendDispatches({ services: own, raw })])
  } finally {
    mailer.close()
    await Promise.all([close(1), raw.end({ timeout: 1 })])
  }
}

test.each([1, 2])(
  'a round of all sorts, with %i connection(s) to the database, waits for nobody',
  async connections => {
    const room = await roomWithAllSorts()
    await round(room, connections)
    // The alarm is obsolete where the digest has started before it was written.
    const notices = await room.raw`
    select kind, state from notices where kind <> 'alarm' or state = 'waiting' order by kind::text`
    expect(notices.map(row => `${row.kind} ${row.state}`)).toEqual([
      'confirmation sent',
      'plan sent',
      'preferences sent',
    ])
    expect(await runsOf(room)).toMatchObject([{ state: 'made' }])
    const { services, raw, databaseUrl } = room
    const smtpUrl = sink.current.url
    expect(await deliverDue({ services, raw, databaseUrl, smtpUrl, close: room.close })).toEqual(['done'])
    expect(await raw`select state, sent from dispatches where digest_id = ${room.digest}`).toMatchObject([
      { state: 'finished', sent: 3 },
    ])
  },
)
