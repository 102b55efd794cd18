import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { limitDomain } from '../../src/store/mail-domains.ts'
import { atEnd } from '../support/at-end.ts'
import { deliverAlone } from '../support/batch-queue.ts'
import { startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import { addReaders, draftDigest, type Newsroom, openNewsletters, startNow } from '../support/sending.ts'
import { freshNewsroom, heldBy, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

// A domain that has a limit is one sender's, as long as that sends there.

/** Two batches for one domain, whose messages wait for their replies. */
async function roomOfOneDomain() {
  const server = await startMisbehavingServer(({ moment }) => (moment === 'body' ? 'hold' : undefined))
  atEnd(() => server.close())
  const room = await freshNewsroom({ smtpUrl: server.url, config: { smtpConnections: 4 } })
  const [morning] = await openNewsletters(room, 'morning')
  await limitDomain(room.services.db, 'slow.example', { connections: 1, perMinute: null })
  await addReaders(room.raw, 1010, [morning!], { domains: ['slow.example'] })
  await startNow(room, await draftDigest(room, [morning!]))
  return { room, server, morning: morning! }
}

const freeBatch = ({ raw }: Newsroom): Promise<number> =>
  until('a batch that nobody has', async () => {
    const rows = await raw`select id::int as id from batches where holder is null and finished_at is null`
    return rows.length === 1 && rows[0]!.id
  })

test('a sender whose next digest takes long to start keeps the domain that it sends to', async () => {
  const { room, server, morning } = await roomOfOneDomain()
  const { raw } = room
  await withSenders(room, [{}], async sender => {
    const [message] = await heldBy(server, 1)
    const free = await freeBatch(room)
    await dispatchDigest(room.services, await draftDigest(room, [morning], 'The next'))
    await raw.begin(async tx => {
      await tx`lock table digest_events in exclusive mode`
      sender.wake()
      await until('the start to wait', async () => {
        const waiting = await raw`
          select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
        return waiting.length > 0
      })
      await raw`update mail_domains set leased_until = now() + interval '6 seconds' where holder is not null`
      await until('the sender to hold on to the domain', async () => {
        const [row] = await raw`
          select leased_until > now() + interval '7 seconds' as held from mail_domains where domain = 'slow.example'`
        return row!.held
      })
      expect(await deliverAlone(room, free)).toBe('not-to-be-had')
    })
    message!.says('421 4.3.2 closing')
  })
})

test('a sender that has lost a domain to another gives back what it has for it', async () => {
  const { room, server } = await roomOfOneDomain()
  const { raw } = room
  await withSenders(room, [{}], async () => {
    const [message] = await heldBy(server, 1)
    // As after a while in which it stood still, and in which nobody has noticed that its lease of the batch ended too.
    await raw`
      update mail_domains set holder = gen_random_uuid(), leased_until = now() + interval '1 minute'
      where domain = 'slow.example'`
    message!.says()
    await until('its batch to be free', async () => {
      for (const next of server.takeHeld()) next.says()
      return (await raw`select from batches where holder is not null`).length === 0
    })
    expect(server.received.length).toBeLessThan(500)
  })
})
