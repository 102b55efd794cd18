import { expect, test } from 'vitest'
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts'
import { resumeDigest } from '../../src/actions/steer-dispatch.ts'
import { type Script, startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import {
  addReaders,
  countRows,
  draftDigest,
  ended,
  type Newsroom,
  openNewsletters,
  readBalance,
  startNow,
} from '../support/sending.ts'
import { freshNewsroom, heldBy, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

const later = { pauses: [3_600_000], jitter: 0 }

async function begin(readers: number, script: Script) {
  const server = await startMisbehavingServer(script)
  const room = await freshNewsroom({ smtpUrl: server.url, config: { smtpConnections: readers } })
  const [newsletter] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, readers, [newsletter!])
  const digest = await draftDigest(room, [newsletter!])
  await startNow(room, digest)
  return { server, room, digest }
}

async function erase({ services, raw }: Newsroom, addresses: readonly string[]) {
  const rows = await raw`select id from subscribers where address = any(${addresses as string[]})`
  for (const { id } of rows) expect(await eraseSubscriber(services, Number(id))).toBe('erased')
}

const replies = async ({ raw }: Newsroom) =>
  (await raw`select reply from deliveries where reply is not null`).map(row => row.reply)

test('erasing after a send leaves every row and every count, and no words of a server', async () => {
  const { server, room, digest } = await begin(3, ({ moment, to }) =>
    moment === 'rcpt' && !to.startsWith('reader1@') ? `550 5.1.1 <${to}> unknown` : undefined,
  )
  const balance = await withSenders(room, [{}], () => ended(room, digest))
  expect(balance).toMatchObject({ intended: 3, sent: 1, failed: 2 })
  expect(await replies(room)).toHaveLength(2)
  await erase(
    room,
    server.heard.flatMap(line => /^RCPT TO:<(.*)>/.exec(line)?.[1] ?? []),
  )
  expect(await readBalance(room, digest)).toEqual(balance)
  expect(await countRows(room.raw, digest)).toEqual({ sent: 1, failed: 2 })
  expect(await replies(room)).toEqual([])
  await server.close()
})

test('what stopped a digest, and then a domain, names nobody who could not be erased from it', async () => {
  const { server, room, digest } = await begin(1, ({ moment, to }) =>
    moment === 'rcpt' ? `550 5.7.1 <${to}>: blocked` : undefined,
  )
  const words = '550 5.7.1 … blocked'
  await withSenders(room, [{}], async sender => {
    expect(await ended(room, digest)).toMatchObject({ state: 'paused', pending: 1 })
    expect(await room.raw`select pause_evidence from dispatches`).toEqual([
      { pause_evidence: { reply: words } },
    ])
    await resumeDigest(room.services, digest)
    sender.wake()
    await until('the domain to be left alone', async () => {
      const rows = await room.raw`select pause_reply from mail_domains where paused_until > now()`
      return rows.length === 1 && rows[0]!.pause_reply === words
    })
  })
  await server.close()
})

test('erasing while messages are on the wire deletes no row, and the counts agree with the rows', async () => {
  const { server, room, digest } = await begin(4, ({ moment }) => (moment === 'body' ? 'hold' : undefined))
  await withSenders(room, [{ retry: later }], async sender => {
    const [taken, refused, deferred, stays] = await heldBy(server, 4)
    await erase(room, [taken!.to, refused!.to, deferred!.to])
    taken!.says()
    refused!.says(`550 5.1.1 <${refused!.to}> unknown`)
    deferred!.says(`451 4.2.1 <${deferred!.to}> later`)
    stays!.says()
    await until('the results', async () => (await readBalance(room, digest)).pending === 1)
    expect(await countRows(room.raw, digest)).toEqual({ sent: 2, failed: 1, pending: 1 })
    await room.raw`update batches set due_at = now() - interval '1 millisecond'`
    sender.wake()
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 2, failed: 1, suppressed: 1 })
    expect(await countRows(room.raw, digest)).toEqual({ sent: 2, failed: 1, suppressed: 1 })
  })
  expect(server.received).toHaveLength(4)
  expect(await room.raw`select from suppressions where address_key is not null`).toHaveLength(0)
  await server.close()
})

test('what a server says of a reader who was erased meanwhile is not kept', async () => {
  const { server, room, digest } = await begin(2, ({ moment }) => (moment === 'body' ? 'hold' : undefined))
  await withSenders(room, [{ retry: later }], async () => {
    const [refused, deferred] = await heldBy(server, 2)
    await erase(room, [refused!.to, deferred!.to])
    refused!.says(`550 5.1.1 <${refused!.to}> unknown`)
    deferred!.says(`451 4.2.1 <${deferred!.to}> later`)
    await until('the results', async () => {
      const [row] = await room.raw`select count(*)::int as n from deliveries where attempts = 1`
      return row!.n === 2
    })
    expect(await countRows(room.raw, digest)).toEqual({ failed: 1, pending: 1 })
    expect(await replies(room)).toEqual([])
  })
  await server.close()
})
