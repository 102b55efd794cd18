import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { pauseDispatch } from '../../src/store/dispatches.ts'
import { addLinkRequest, type NewLinkRequest } from '../../src/store/link-requests.ts'
import { limitDomain, pauseDomain } from '../../src/store/mail-domains.ts'
import { nextDeferral, nextMoment } from '../../src/store/next-moment.ts'
import { queueNotice } from '../../src/store/notices.ts'
import { holdNoticesOff, leaseNotice } from '../../src/store/outbox.ts'
import { addSignUp, type NewSignUp } from '../../src/store/sign-ups.ts'
import { offer } from '../support/batch-queue.ts'
import { addReaders, draftDigest, type Newsroom, openNewsletters, startNow } from '../support/sending.ts'
import { freshNewsroom } from '../support/sending-story.ts'

const minute = 60_000

type Room = { room: Newsroom; digest: number }

/** A newsroom with a digest for a reader, which no sender looks at. */
async function roomWithDigest(): Promise<Room> {
  const room = await freshNewsroom({ smtpUrl: 'smtp://127.0.0.1' })
  const [morning] = await openNewsletters(room, 'morning')
  await limitDomain(room.services.db, 'slow.example', { connections: 1, perMinute: null })
  await addReaders(room.raw, 1, [morning!], { domains: ['slow.example'] })
  return { room, digest: await draftDigest(room, [morning!]) }
}

const next = ({ services }: Newsroom, within = minute) =>
  nextMoment(services.db, { transport: 'smtp', within })

/** So many seconds from now, by the database's clock. */
const inSeconds = async ({ raw }: Newsroom, seconds: number): Promise<Date> =>
  (await raw`select now() + ${seconds}::float8 * interval '1 second' as at`)[0]!.at

const ana = { address: 'ana@one.example', addressKey: 'ana@one.example', limitKey: 'ana@one.example' }
const asked: NewLinkRequest = { ...ana, network: '', transport: 'smtp' }
const signUp: NewSignUp = {
  ...ana,
  name: '',
  newsletterIds: [1],
  form: 'page',
  origin: '/',
  wording: 'Yes',
  wordingVersion: '1',
  language: 'en',
  network: '',
  transport: 'smtp',
}
const report = {
  kind: 'report',
  content: { dispatchId: 1, event: 'paused' },
  recipient: 'ed@one.example',
  language: 'en',
  transport: 'smtp',
} as const

/** What waits, and for how many seconds; without a number nothing is to be waited for. */
const moments: [what: string, seconds: number | undefined, arrange: (room: Room) => Promise<unknown>][] = [
  ['nobody waits for anything', undefined, async () => {}],
  [
    'a digest is to go out',
    20,
    async ({ room, digest }) => dispatchDigest(room.services, digest, { at: await inSeconds(room, 20) }),
  ],
  [
    'a digest goes out later than is looked ahead',
    undefined,
    async ({ room, digest }) => dispatchDigest(room.services, digest, { at: await inSeconds(room, 70) }),
  ],
  ['a digest is to go out at once', undefined, ({ room, digest }) => dispatchDigest(room.services, digest)],
  ['a batch is due, and not offered', undefined, ({ room, digest }) => startNow(room, digest)],
  [
    'a batch is due later',
    15,
    async ({ room, digest }) => {
      await startNow(room, digest)
      await room.raw`update batches set due_at = now() + interval '15 seconds'`
    },
  ],
  [
    'a batch is offered',
    30,
    async ({ room, digest }) => {
      await startNow(room, digest)
      await offer(room)
    },
  ],
  [
    'a batch is leased',
    15,
    async ({ room, digest }) => {
      await startNow(room, digest)
      await room.raw`update batches set holder = gen_random_uuid(), leased_until = now() + interval '15 seconds'`
    },
  ],
  [
    'the domain of a batch is left alone',
    40,
    async ({ room, digest }) => {
      await startNow(room, digest)
      const reply = '421 4.7.0 too many'
      await pauseDomain(room.raw, { domain: 'slow.example', ms: 40_000, reason: 'slow-down', reply })
    },
  ],
  [
    'the domain of a batch is in the hands of a consumer that was killed',
    12,
    async ({ room, digest }) => {
      await startNow(room, digest)
      await room.raw`update mail_domains set holder = gen_random_uuid(), leased_until = now() + interval '12 seconds'
        where domain = 'slow.example'`
    },
  ],
  [
    'a digest is paused while its batch is offered',
    undefined,
    async ({ room, digest }) => {
      const id = await startNow(room, digest)
      await offer(room)
      await pauseDispatch(room.services.db, id, 'editor')
    },
  ],
  ['a notice is due', undefined, ({ room }) => queueNotice(room.services.db, report)],
  [
    'a notice is due later',
    10,
    async ({ room }) => queueNotice(room.services.db, { ...report, dueAt: await inSeconds(room, 10) }),
  ],
  [
    'a notice is under way',
    30,
    async ({ room }) => {
      await queueNotice(room.services.db, report)
      await leaseNotice(room.services.db, 'smtp', crypto.randomUUID())
    },
  ],
  [
    'a notice is due, and the mail server left alone',
    5,
    async ({ room }) => {
      await queueNotice(room.services.db, report)
      await holdNoticesOff(room.services.db, 'smtp', 5000)
    },
  ],
  ['a sign-up is held back by a limit', 1, ({ room }) => addSignUp(room.services.db, signUp)],
  [
    'a sign-up waits for its time',
    45,
    async ({ room }) => {
      await addSignUp(room.services.db, signUp)
      await room.raw`update sign_ups set due_at = now() + interval '45 seconds'`
    },
  ],
  ['somebody asked for a link', 1, ({ room }) => addLinkRequest(room.services.db, asked)],
  [
    'what waits goes to the built-in mailbox',
    undefined,
    async ({ room }) => {
      await addLinkRequest(room.services.db, { ...asked, transport: 'mailbox' })
      await addSignUp(room.services.db, { ...signUp, transport: 'mailbox' })
      await queueNotice(room.services.db, {
        ...report,
        transport: 'mailbox',
        dueAt: await inSeconds(room, 10),
      })
    },
  ],
]

for (const [what, seconds, arrange] of moments)
  test(`where ${what}, ${seconds === undefined ? 'no moment is waited for' : `the next moment is in ${seconds} s`}`, async () => {
    const room = await roomWithDigest()
    await arrange(room)
    const wait = await next(room.room)
    if (seconds === undefined) return expect(wait).toBeUndefined()
    // The time of day may be set meanwhile, and two busy cores take a while to ask.
    expect(wait).toBeLessThanOrEqual((seconds + 1) * 1000)
    expect(wait).toBeGreaterThan(Math.max(0, seconds - 5) * 1000)
  })

test('what a delivery has put off is known at its end', async () => {
  const { room, digest } = await roomWithDigest()
  const { raw, services } = room
  await startNow(room, digest)
  const deferral = (within = minute) => nextDeferral(services.db, { transport: 'smtp', within })
  expect(await deferral()).toBeUndefined()
  await raw`update batches set due_at = now() + interval '40 seconds'`
  expect(await deferral()).toBeGreaterThan(35_000)
  expect(await deferral(10_000)).toBeUndefined()
  await raw`update batches set finished_at = now()`
  expect(await deferral()).toBeUndefined()
})
