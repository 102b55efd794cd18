import { beforeAll, expect, test, vi } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { preflight } from '../../src/actions/preflight.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { cancelDigest, pauseDigest, resumeDigest } from '../../src/actions/steer-dispatch.ts'
import { errorsOf } from '../../src/domain/preflight/finding.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { findDispatch, findDispatchOf } from '../../src/store/dispatches.ts'
import { updateNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { draftDigest, type Newsroom, openNewsletters } from '../support/sending.ts'
import { freshNewsroom } from '../support/sending-story.ts'

let room: Newsroom
let morning: number
const tomorrow = new Date(Date.now() + 86_400_000)

beforeAll(async () => {
  room = await freshNewsroom({ smtpUrl: 'smtp://127.0.0.1:1' })
  ;[morning] = (await openNewsletters(room, 'morning')) as [number]
})

const draft = () => draftDigest(room, [morning])
const stateOf = async (id: number) => (await findDigest(room.services.db, id))?.state

test('two clicks at once make one dispatch, and a repeat answers the same', async () => {
  const digest = await draft()
  const outcomes = await Promise.all(Array.from({ length: 8 }, () => dispatchDigest(room.services, digest)))
  expect(outcomes.map(outcome => outcome.kind).sort()).toEqual(['created', ...Array(7).fill('same')])
  const ids = outcomes.map(outcome => ('dispatch' in outcome ? outcome.dispatch.id : 0))
  expect(new Set(ids).size).toBe(1)
})

test('another time for a scheduled digest is refused with the existing one', async () => {
  const digest = await draft()
  const first = await dispatchDigest(room.services, digest, { at: tomorrow })
  expect(first.kind).toBe('created')
  expect(await dispatchDigest(room.services, digest, { at: tomorrow })).toMatchObject({ kind: 'same' })
  const later = await dispatchDigest(room.services, digest, { at: new Date(tomorrow.getTime() + 1000) })
  expect(later).toMatchObject({ kind: 'another-time', dispatch: { dueAt: tomorrow } })
  expect(await dispatchDigest(room.services, digest)).toMatchObject({ kind: 'another-time' })
})

test('now is what the database calls so, however wrong the clock of the process', async () => {
  const digest = await draft()
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 })
  try {
    expect(await dispatchDigest(room.services, digest)).toMatchObject({ kind: 'created' })
    expect(await dispatchDigest(room.services, digest)).toMatchObject({ kind: 'same' })
  } finally {
    vi.useRealTimers()
  }
  const dispatch = await findDispatchOf(room.services.db, digest)
  expect(dispatch!.dueAt.getTime()).toBeLessThanOrEqual(Date.now())
})

test('a digest that says nothing to nobody is refused, each fault named', async () => {
  const { db } = room.services
  const empty = await addDigest(db, { subject: '', preheader: '', blocks: [], newsletterIds: [] })
  const outcome = await dispatchDigest(room.services, empty)
  expect(outcome).toMatchObject({ kind: 'refused' })
  expect(outcome.kind === 'refused' && outcome.errors.map(error => error.code)).toEqual([
    'no-newsletters',
    'no-subject',
    'no-article',
  ])
  expect(await stateOf(empty)).toBe('draft')
  expect(await dispatchDigest(room.services, 4711)).toEqual({ kind: 'not-found' })
})

test('over a server that is not this machine, every accident is named', async () => {
  const outside = {
    ...room.services,
    config: {
      ...room.services.config,
      transport: {
        kind: 'smtp',
        server: { by: 'smtp', url: 'smtp://mx.example' },
        host: 'mx.example',
        local: false,
      } as const,
      dkim: { domain: 'other.example', selector: 's', privateKey: '' },
    },
  }
  const digest = await draft()
  await updatePublication(room.services.db, { sample: true })
  const errors = async (services: typeof outside) =>
    errorsOf(await preflight(services, (await findDigest(room.services.db, digest))!))
  expect((await errors(outside)).map(error => error.code)).toEqual([
    'public-url-not-https',
    'sample-publication',
    'postal-address-missing',
    'from-not-aligned',
  ])
  expect(await dispatchDigest(outside, digest)).toMatchObject({ kind: 'refused' })
  await updatePublication(room.services.db, { sample: false, postalAddress: '1 Main Street' })
  const ready = { ...outside.config, publicUrl: 'https://news.bulletin.example' }
  const aligned = { ...ready, dkim: { ...outside.config.dkim, domain: 'bulletin.example' } }
  expect(await errors({ ...outside, config: aligned })).toEqual([])
  await updatePublication(room.services.db, { senderAddress: '' })
  expect(await errors({ ...outside, config: aligned })).toEqual([
    { level: 'error', code: 'sender-missing', newsletter: 'morning' },
  ])
  await updatePublication(room.services.db, { senderAddress: 'news@bulletin.example', postalAddress: '' })
})

test('cancelling before the start makes a draft again, after it is final', async () => {
  const digest = await draft()
  await dispatchDigest(room.services, digest, { at: tomorrow })
  expect(await cancelDigest(room.services, digest)).toEqual({ kind: 'draft-again' })
  expect(await stateOf(digest)).toBe('draft')

  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await startDispatch(room.services, outcome.dispatch.id)
  expect(await cancelDigest(room.services, digest)).toMatchObject({ kind: 'cancelled' })
  expect(await cancelDigest(room.services, digest)).toMatchObject({ kind: 'cancelled' })
  expect(await resumeDigest(room.services, digest)).toMatchObject({ kind: 'not-now' })
  expect(await stateOf(digest)).toBe('cancelled')
})

test('a digest found an hour late asks first, and so does one paused for a day', async () => {
  const digest = await draft()
  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  const { id } = outcome.dispatch
  await room.raw`update dispatches set due_at = now() - interval '61 minutes' where id = ${id}`
  expect(await startDispatch(room.services, id)).toEqual({ kind: 'paused', reason: 'late' })
  expect(await resumeDigest(room.services, digest)).toMatchObject({
    kind: 'resumed',
    dispatch: { state: 'scheduled' },
  })
  expect(await startDispatch(room.services, id)).toMatchObject({ kind: 'started' })

  expect(await pauseDigest(room.services, digest)).toMatchObject({ kind: 'paused' })
  await room.raw`update dispatches set paused_at = now() - interval '25 hours' where id = ${id}`
  expect(await resumeDigest(room.services, digest)).toMatchObject({ kind: 'asks', readers: 0 })
  expect(await resumeDigest(room.services, digest, { confirmed: true })).toMatchObject({
    kind: 'resumed',
    dispatch: { state: 'sending' },
  })
})

test('the time to deliver counts from when a newsletter’s hours begin', async () => {
  const { db } = room.services
  const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16)
  const hoursFor = async (sendsFrom: string | null, sendsUntil: string | null) => {
    await updateNewsletter(db, morning, { cadence: 'daily', timeZone: 'UTC', sendsFrom, sendsUntil })
    const outcome = await dispatchDigest(room.services, await draft())
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    await startDispatch(room.services, outcome.dispatch.id)
    const { startedAt, deliverUntil } = (await findDispatch(db, outcome.dispatch.id))!
    return (deliverUntil!.getTime() - startedAt!.getTime()) / 3_600_000
  }
  expect(await hoursFor(null, null)).toBe(20)
  expect(await hoursFor(clock(-1), clock(1))).toBe(20)
  // It just closed: in 22 hours it opens again, and all of its readers still get it.
  expect(await hoursFor(clock(-2), clock(-1))).toBeCloseTo(42, 1)
  expect(await hoursFor(clock(3), clock(5))).toBeCloseTo(23, 1)
  await updateNewsletter(db, morning, { cadence: 'irregular', sendsFrom: null, sendsUntil: null })
})

test('a story that is gone when sending starts pauses it before anybody is written to', async () => {
  const digest = await draft()
  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await room.raw`update digests set blocks = '[{"type":"article","articleId":9999}]' where id = ${digest}`
  expect(await startDispatch(room.services, outcome.dispatch.id)).toEqual({
    kind: 'paused',
    reason: 'not-ready',
  })
  expect(await cancelDigest(room.services, digest)).toEqual({ kind: 'draft-again' })
})
