import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { retryDeliveries } from '../../src/actions/retry-deliveries.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { suppress } from '../../src/store/suppressions.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import {
  addReaders,
  countRows,
  draftDigest,
  ended,
  openNewsletters,
  readBalance,
} from '../support/sending.ts'
import { useSink, withSenders } from '../support/sending-story.ts'
import { signInAs } from '../support/sign-in.ts'

const sink = useSink()
const here = await openTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
const { raw, services } = here
const [morning] = await openNewsletters({ ...here, smtpUrl: '' }, 'morning')
await addReaders(raw, 12, [morning!])
const [owner, editor, writer] = [
  await signInAs(here, 'owner'),
  await signInAs(here, 'editor'),
  await signInAs(here, 'writer'),
]
const text = async (answer: Promise<Response>) => (await answer).text()

/**
 * A digest that went to twelve readers: readers 1 to 4 failed, of whom 2's address is suppressed; 5 is unknown; the
 * others got it.
 */
async function wentOut({ policy = 'hold', state = 'finished' } = {}) {
  await raw`delete from suppressions`
  const digest = await draftDigest(here, [morning!])
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  const { id } = outcome.dispatch
  await startDispatch(services, id)
  await raw`
    update deliveries d set changed_at = now() - interval '1 minute', attempts = 3,
      state = case when n <= 4 then 'failed' when n = 5 then 'unknown' else 'sent' end::delivery_state,
      reply = case when n = 1 then '=550 5.1.1 <' || address || '> box Xq12345678901 is unknown'
        when n = 2 then '=550 5.1.1 <' || address || '> box Yz98765432109 is unknown'
        when n <= 4 then '554 5.2.0 greylisted for ever' when n = 5 then 'the connection broke' end
    from (select id, address, row_number() over (order by id) as n from subscribers) as r
    where d.dispatch_id = ${id} and d.subscriber_id = r.id`
  await raw`
    update dispatches set sent = 7, failed = 4, unknown = 1, pending = 0, unknown_policy = ${policy},
      state = ${state}, finished_at = case when ${state} in ('finished', 'cancelled') then now() end,
      paused_at = case when ${state} = 'paused' then now() end, deliver_until = now() - interval '1 hour'
    where id = ${id}`
  await raw`update batches set finished_at = now() where dispatch_id = ${id}`
  const key = addressOf(2)
  await suppress(services.db, services.keys, {
    addressKey: key,
    cause: 'bounced',
    evidence: {},
    dispatchId: id,
  })
  return { digest, id, path: `/admin/digests/${digest}` }
}

const addressOf = (n: number) => `reader${n}@${['one', 'two', 'three'][n % 3]}.example`

test('who failed, and why: grouped by what servers said and by domain, sought by address and by words', async () => {
  const { path } = await wentOut()
  const page = await text(owner.get(`${path}/failures`))
  for (const n of [1, 2, 3, 4, 5]) expect(page).toContain(`>${addressOf(n)}</a>`)
  expect(page).not.toContain(addressOf(6))
  // Two replies that differ by address and queue id only are one.
  expect(page).toMatch(/=550 5\.1\.1 … box … is unknown<\/a><\/td><td[^>]*>2</)
  expect(page).toMatch(/>one\.example<\/a><\/td><td[^>]*>1</)
  const found = async (query: string) => {
    const answer = await text(owner.get(`${path}/failures?${query}`))
    return [1, 2, 3, 4, 5, 6].filter(n => answer.includes(`>${addressOf(n)}</a>`))
  }
  expect(await found('q=greylisted')).toEqual([3, 4])
  expect(await found(`q=${addressOf(4)}`)).toEqual([4])
  expect(await found(`q=${encodeURIComponent('5.1.1 … box … is')}`)).toEqual([1, 2])
  expect(await found('q=100%25')).toEqual([])
  expect(await found('domain=TWO.example')).toEqual([1, 4])
  expect(await found('state=unknown')).toEqual([5])
  expect(await found('state=failed&domain=three.example')).toEqual([2])
  const last = Number(/readers\/(\d+)">reader3@/.exec(page)![1])
  expect(await found(`after=${last}`)).toEqual([4, 5])
})

test('an editor sees one reader at a time: lists mask, and nobody is found by a part of an address', async () => {
  const { path } = await wentOut()
  const page = await text(editor.get(`${path}/failures`))
  expect(page).not.toMatch(/reader\d+@/)
  const [, reader] = /href="(\/admin\/readers\/\d+)">r•••@t•••\.example</.exec(page)!
  expect(await text(editor.get(reader!))).toContain(addressOf(1))
  const rows = async (q: string) =>
    (await text(editor.get(`${path}/failures?q=${encodeURIComponent(q)}`))).match(
      /name="reader" value="[1-9]/g,
    )?.length ?? 0
  expect([await rows(addressOf(4)), await rows('reader4'), await rows('greylisted')]).toEqual([1, 0, 2])
  // Nor does the number of those to be tried again tell.
  expect(await text(editor.get(`${path}/retry?q=reader4@`))).not.toContain('Try 1')
  const file = await text(editor.get(`${path}/failures.csv`))
  expect(file).toContain('r•••@t•••.example,failed')
  expect(file).not.toMatch(/reader\d+@/)
  expect((await editor.get(`${path}/failures/export`)).status).toBe(403)
  expect((await editor.post(`${path}/failures/export`)).status).toBe(403)
})

test('a writer sees why, never whose address, and looks for none', async () => {
  const { path } = await wentOut()
  const page = await text(writer.get(`${path}/failures`))
  expect(page).toContain('554 5.2.0 greylisted for ever')
  expect(page).not.toMatch(/reader\d+@/)
  expect(page).not.toContain('again')
  expect(await text(writer.get(`${path}/failures?q=reader3`))).toContain('Nobody here')
  for (const [method, at] of [
    ['get', 'failures.csv'],
    ['get', 'retry'],
    ['post', 'retry'],
  ] as const)
    expect((await writer[method](`${path}/${at}`)).status, at).toBe(403)
})

test('the file holds one line per reader, and no formula', async () => {
  const { path } = await wentOut()
  const led = await owner.get(`${path}/failures.csv?state=failed`)
  expect(led.headers.get('location')).toBe(`${path}/failures/export?state=failed`)
  const asked = await text(owner.get(led.headers.get('location')!))
  const answer = await owner.post(/action="([^"]+\/export[^"]*)"/.exec(asked)![1]!.replaceAll('&amp;', '&'))
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="digest-\d+-failures\.csv"/,
  )
  const lines = (await answer.text()).trim().split('\r\n')
  expect(lines[0]).toBe('email,state,reply,tries,at,suppressed')
  expect(lines).toHaveLength(5)
  expect(lines[1]).toMatch(/^reader1@two\.example,failed,'=550 /)
  expect(lines[2]).toMatch(/,yes$/)
})

test('trying again says the number first, then sends to those alone, and finishes anew', async () => {
  const { digest, id, path } = await wentOut()
  await sink.current.clear()
  const ask = await text(editor.get(`${path}/retry`))
  expect(ask).toContain('Try 4 readers again?')
  expect(ask).toContain('Of one of them it is not known')
  expect(ask).toContain('One more stays out')
  expect(ask).toContain(`/admin/readers/suppressed?dispatch=${id}`)
  const [, asOf] = /name="asOf" value="([^"]+)"/.exec(ask)!
  const first = await editor.post(`${path}/retry`, { how: 'send', asOf: asOf! })
  expect(await text(editor.get(first.headers.get('location')!))).toContain('4 readers will be tried again.')
  expect(
    await raw`select state, finished_at, deliver_until > now() + interval '71 hours' as has_time
    from dispatches where id = ${id}`,
  ).toEqual([{ state: 'sending', finished_at: null, has_time: true }])
  expect(
    await raw`select distinct attempts from deliveries where dispatch_id = ${id} and state = 'pending'`,
  ).toEqual([{ attempts: 0 }])
  // The same click again, also once they have failed again.
  await editor.post(`${path}/retry`, { how: 'send', asOf: asOf! })
  const room = { ...here, smtpUrl: sink.current.url }
  await withSenders(room, [{}], async () => {
    expect(await ended(room, digest)).toMatchObject({ state: 'finished', sent: 11, failed: 1, unknown: 0 })
  })
  const to = (await sink.current.records()).map(record => record.to).sort()
  expect(to).toEqual([1, 3, 4, 5].map(addressOf).sort())
  const late = await editor.post(`${path}/retry`, { how: 'send', asOf: asOf! })
  expect(await text(editor.get(late.headers.get('location')!))).toContain('somebody was quicker')
})

test('two clicks at once try each reader again once', async () => {
  const { digest, path } = await wentOut()
  await Promise.all([1, 2, 3].map(() => editor.post(`${path}/retry?state=failed`, { how: 'send' })))
  expect(await readBalance({ ...here, smtpUrl: '' }, digest)).toMatchObject({
    state: 'sending',
    sent: 7,
    failed: 1,
    unknown: 1,
    pending: 3,
  })
  expect(await countRows(raw, digest)).toEqual({ sent: 7, failed: 1, unknown: 1, pending: 3 })
})

test('what is ticked is tried again, and nothing ticked is nobody', async () => {
  const { digest, path } = await wentOut()
  const list = await text(editor.get(`${path}/failures`))
  const ids = [...list.matchAll(/name="reader" value="(\d+)"/g)].map(match => match[1]!)
  // 0, and all but the suppressed.
  expect(ids).toHaveLength(5)
  expect(await text(editor.get(`${path}/retry?state=missed&reader=0`))).toContain('Nobody to try again')
  const query = `state=missed&reader=0&reader=${ids[1]}`
  expect(await text(editor.get(`${path}/retry?${query}`))).toContain('Try 1 reader again?')
  await editor.post(`${path}/retry?${query}`, { how: 'send' })
  expect(await readBalance({ ...here, smtpUrl: '' }, digest)).toMatchObject({ failed: 3, pending: 1 })
})

test('what is unknown can be counted as sent; where it goes out again by itself it is left alone', async () => {
  const held = await wentOut()
  expect(await text(editor.get(`${held.path}/retry?state=unknown`))).toContain('Count 1 as sent')
  await editor.post(`${held.path}/retry?state=unknown`, { how: 'count-as-sent' })
  expect(await readBalance({ ...here, smtpUrl: '' }, held.digest)).toMatchObject({
    state: 'finished',
    sent: 8,
    failed: 4,
    unknown: 0,
  })
  const retried = await wentOut({ policy: 'retry', state: 'paused' })
  expect(await text(editor.get(`${retried.path}/retry?state=unknown`))).toContain('sent again by itself')
  for (const how of ['send', 'count-as-sent'])
    await editor.post(`${retried.path}/retry?state=unknown`, { how })
  expect(await countRows(raw, retried.digest)).toMatchObject({ unknown: 1, sent: 7 })
})

test('a paused digest stays paused, and a cancelled one is final', async () => {
  const paused = await wentOut({ state: 'paused' })
  expect(await text(editor.get(`${paused.path}/retry`))).toContain('they are sent when it goes on')
  await editor.post(`${paused.path}/retry`, { how: 'send' })
  expect(await readBalance({ ...here, smtpUrl: '' }, paused.digest)).toMatchObject({
    state: 'paused',
    pending: 4,
  })
  const over = await wentOut({ state: 'cancelled' })
  expect(await text(editor.get(`${over.path}/failures`))).not.toContain('readers again')
  const answer = await editor.post(`${over.path}/retry`, { how: 'send' })
  expect(await text(editor.get(answer.headers.get('location')!))).toContain('nothing was changed')
  expect(await countRows(raw, over.digest)).toMatchObject({ failed: 4 })
})

test('a cancel that comes between takes nothing along: rows and counters stay together', async () => {
  const { digest, id } = await wentOut({ state: 'paused' })
  const chosen = { states: ['failed'] as const }
  let retrying: ReturnType<typeof retryDeliveries> | undefined
  await raw.begin(async tx => {
    await tx`update dispatches set state = 'cancelled', finished_at = now(), paused_at = null where id = ${id}`
    retrying = retryDeliveries(services, digest, { chosen, how: 'send' })
    // It stands behind this transaction's lock.
    for (;;) {
      const [row] = await raw`select count(*)::int as n from pg_locks where not granted`
      if (row!.n > 0) break
    }
  })
  expect(await retrying).toMatchObject({ kind: 'not-now' })
  expect(await countRows(raw, digest)).toMatchObject({ failed: 4 })
  expect(await raw`select from batches where dispatch_id = ${id} and finished_at is null`).toHaveLength(0)
})

test('a program reads and retries the same, by role', async () => {
  const { digest } = await wentOut()
  const [asOwner, asEditor, asWriter] = [
    await clientOf(here, 'owner'),
    await clientOf(here, 'editor'),
    await clientOf(here, 'writer'),
  ]
  const first = await asOwner('GET', `/digests/${digest}/failures?limit=2&state=failed`)
  expect(first.body.items.map((item: { email: string }) => item.email)).toEqual([addressOf(1), addressOf(2)])
  const second = await asOwner('GET', first.body.next.replace('/api/v1', ''))
  expect(second.body).toMatchObject({ items: [{ email: addressOf(3) }, { email: addressOf(4) }], next: null })
  const masked = await asEditor('GET', `/digests/${digest}/failures`)
  expect(masked.body.items[0].email).toBe('r•••@t•••.example')
  expect(JSON.stringify(masked.body)).not.toMatch(/reader\d+@/)
  const one = await asEditor('GET', `/digests/${digest}/failures?search=${addressOf(3)}`)
  expect(one.body.items).toHaveLength(1)
  expect((await asEditor('GET', `/digests/${digest}/failures?search=reader3`)).body.items).toEqual([])
  const seen = await asWriter('GET', `/digests/${digest}/failures?search=unknown`)
  expect(seen.body.items).toHaveLength(2)
  expect(JSON.stringify(seen.body)).not.toMatch(/reader\d+@/)
  expect((await asWriter('GET', `/digests/${digest}/failures?search=reader1@`)).body.items).toEqual([])

  expect((await asEditor('POST', `/digests/${digest}/retry`, { states: ['sent'] })).status).toBe(422)
  const retry = { states: ['failed'], domain: 'two.example' }
  const answer = await asEditor('POST', `/digests/${digest}/retry`, retry)
  expect([answer.status, answer.body]).toEqual([202, { id: digest, state: 'sending', readers: 2 }])
  expect((await asEditor('POST', `/digests/${digest}/retry`, retry)).body).toMatchObject({ readers: 0 })
  expect((await asEditor('POST', '/digests/999999/retry', retry)).status).toBe(404)
  expect((await owner.get('/admin/digests/999999/failures')).status).toBe(404)
})

test('by domain: what became of it at those that most readers have', async () => {
  const { path } = await wentOut()
  expect(await text(writer.get(path))).toContain(`${path}/domains`)
  const page = await text(writer.get(`${path}/domains`))
  const cells = (domain: string) =>
    new RegExp(`>${domain}</th>(.*?)</tr>`)
      .exec(page)![1]!
      .replace(/<[^>]+>/g, ' ')
      .trim()
      .split(/\s+/)
  // Sent, failed, unknown, not sent, waiting, intended.
  expect(cells('one.example')).toEqual(['3', '1', '0', '0', '0', '4'])
  expect(cells('two.example')).toEqual(['2', '2', '0', '0', '0', '4'])
  expect(cells('three.example')).toEqual(['2', '1', '1', '0', '0', '4'])
  expect(page).toContain('failures?state=failed&amp;domain=two.example')
})
