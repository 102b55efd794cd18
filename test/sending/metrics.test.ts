import { expect, test } from 'vitest'
import { pauseDigest } from '../../src/actions/steer-dispatch.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders, draftDigest, openNewsletters, startNow } from '../support/sending.ts'

test('metrics count what is to be done, what is on the wire, and what is paused and why', async () => {
  const here = await openTestApp()
  const { services, raw } = here
  const room = { services, raw, databaseUrl: '', smtpUrl: '', close: async () => {} }
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(raw, 2500, [morning!])
  const metrics = async () => (await here.app.request('/metrics')).text()
  const [first, second] = [await draftDigest(room, [morning!]), await draftDigest(room, [morning!])]
  for (const digest of [first, second]) await startNow(room, digest)
  await pauseDigest(services, second)
  await raw`update batches set holder = gen_random_uuid(), leased_until = now() + interval '1 minute'
    where id = (select min(id) from batches)`
  await raw`insert into in_flight (connection, holder, subscriber_id) values (gen_random_uuid(), gen_random_uuid(), 1)`
  await raw`insert into mail_domains (domain, paused_until, pause_reason)
    values ('busy.example', now() + interval '1 hour', 'slow-down'), ('was.example', now() - interval '1 hour', 'policy')`
  const text = await metrics()
  for (const line of [
    'broadsheet_deliveries{state="pending"} 5000',
    'broadsheet_dispatches{state="sending"} 1',
    'broadsheet_dispatches_paused{reason="editor"} 1',
    'broadsheet_batches{state="leased"} 1',
    'broadsheet_batches{state="due"} 2',
    'broadsheet_batches{state="later"} 0',
    'broadsheet_messages_in_flight 1',
    'broadsheet_domains_paused{reason="slow-down"} 1',
  ])
    expect(text).toContain(`${line}\n`)
  expect(text).not.toContain('reason="policy"')
})
