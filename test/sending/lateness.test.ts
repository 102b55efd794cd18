import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import {
  addReaders,
  draftDigest,
  ended,
  type Newsroom,
  openNewsletters,
  readBalance,
} from '../support/sending.ts'
import { freshNewsroom, useSink, withSenders } from '../support/sending-story.ts'

const sink = useSink()

async function roomWith(readers: number) {
  await sink.current.clear()
  const room = await freshNewsroom({ smtpUrl: sink.current.url })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [morning!])
  return { room, start: () => start(room, morning!) }
}

async function start(room: Newsroom, newsletterId: number) {
  const digest = await draftDigest(room, [newsletterId])
  const outcome = await dispatchDigest(room.services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  await startDispatch(room.services, outcome.dispatch.id)
  return { digest, id: outcome.dispatch.id }
}

test('what its time to deliver runs out for fails as too late, and suppresses nobody', async () => {
  const { room, start } = await roomWith(1200)
  const { digest } = await start()
  await room.raw`update dispatches set deliver_until = now() - interval '1 second'`
  expect(await withSenders(room, [{}], () => ended(room, digest))).toMatchObject({
    state: 'finished',
    failed: 1200,
  })
  expect(await room.raw`select distinct reply from deliveries`).toMatchObject([{ reply: 'too late' }])
  expect(await room.raw`select from suppressions`).toHaveLength(0)
  expect(await sink.current.count()).toBe(0)
})

test('a retry gives way to the next edition; who was not tried yet gets both', async () => {
  const { room, start } = await roomWith(3)
  const first = await start()
  await room.raw`update deliveries set attempts = 1 where subscriber_id = (select min(id) from subscribers)`
  const second = await start()
  await withSenders(room, [{}], async () => {
    expect(await ended(room, first.digest)).toMatchObject({ state: 'finished', sent: 2, failed: 1 })
    expect(await ended(room, second.digest)).toMatchObject({ state: 'finished', sent: 3 })
  })
})

test('a dispatch that nobody had in hand for six hours asks first', async () => {
  const { room, start } = await roomWith(3)
  const { digest } = await start()
  await room.raw`update dispatches set active_at = now() - interval '361 minutes'`
  expect(await withSenders(room, [{}], () => ended(room, digest))).toMatchObject({
    state: 'paused',
    pending: 3,
  })
  expect(await room.raw`select pause_reason from dispatches`).toMatchObject([{ pause_reason: 'interrupted' }])
  expect(await readBalance(room, digest)).toMatchObject({ sent: 0 })
})
