import { expect, test } from 'vitest'
import { deliverNotices } from '../../src/actions/deliver-notices.ts'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startLoop } from '../../src/domain/loop.ts'
import { smtpMailer } from '../../src/mail/smtp-mailer.ts'
import { startMailServer } from '../support/mail-server.ts'
import { addReaders, draftDigest, openNewsletters, openSender } from '../support/sending.ts'
import { freshNewsroom } from '../support/sending-story.ts'
import { until } from '../support/until.ts'
import { askedToConfirm } from './outbox.ts'

test('a reader who signs up does not wait behind a dispatch that takes minutes', async () => {
  const server = await startMailServer()
  const room = await freshNewsroom({ smtpUrl: server.url, config: { sendRate: 20 } })
  const newsletters = await openNewsletters(room, 'daily')
  await addReaders(room.raw, 3000, newsletters)
  await dispatchDigest(room.services, await draftDigest(room, newsletters))
  const sender = openSender(room)
  const mailer = smtpMailer(server.url, { connections: 2 })
  const loop = startLoop(
    signal => deliverNotices(room.services, mailer, signal),
    () => {},
  )
  try {
    await until('the dispatch to be under way', () => server.received.length > 5)
    await askedToConfirm(room.services, 'ana@example.com')
    await until(
      'the confirmation',
      () => server.received.some(mail => mail.to[0] === 'ana@example.com'),
      5000,
    )
    const [dispatch] = await room.raw`select state, pending > 2000 as most_wait from dispatches`
    expect(dispatch).toEqual({ state: 'sending', most_wait: true })
  } finally {
    await Promise.all([loop.stop(), sender.drain(2000)])
    mailer.close()
  }
})
