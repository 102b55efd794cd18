import { expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders, draftDigest, openNewsletters } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { raw, services } = here
const [morning] = await openNewsletters({ ...here, smtpUrl: '' }, 'morning')
await addReaders(raw, 4812, [morning!])
const editor = await signInAs(here, 'editor')
const text = async (answer: Promise<Response>) => (await answer).text()

/** A digest that is paused: before it began, or with 1,000 sent. */
async function paused(reason: string, { started = true, hours = 1, evidence = {} } = {}) {
  const digest = await draftDigest(here, [morning!])
  const outcome = await dispatchDigest(services, digest)
  if (outcome.kind !== 'created') throw new Error(outcome.kind)
  const { id } = outcome.dispatch
  if (started) {
    await startDispatch(services, id)
    await raw`update dispatches set sent = 1000, pending = pending - 1000 where id = ${id}`
  }
  await raw`update dispatches set state = 'paused', paused_at = now() - ${hours} * interval '1 hour',
    pause_reason = ${reason}, pause_evidence = ${JSON.stringify(evidence)}::text::jsonb where id = ${id}`
  return { digest, path: `/admin/digests/${digest}` }
}

const stateOf = async (digest: number) =>
  (await raw`select state from dispatches where digest_id = ${digest}`)[0]?.state

test('what is found late asks with the readers of today, and skipping makes it a draft again', async () => {
  const { digest, path } = await paused('late', { started: false })
  const page = await text(editor.get(path))
  expect(page).toContain('It is late. Send it now to 4,812 readers, or skip it?')
  expect(page).toContain('It was found over an hour after its time')
  expect(page).toContain('>Send now to 4,812</button>')
  expect(page).toMatch(/href="[^"]+\/cancel">Skip …</)
  const skip = await text(editor.get(`${path}/cancel`))
  expect(skip).toContain('It becomes a draft again')
  expect(skip).not.toContain('0 readers')
  await editor.post(`${path}/cancel`)
  expect(await stateOf(digest)).toBeUndefined()

  const other = await paused('late', { started: false })
  await editor.post(`${other.path}/resume`, { confirmed: 'true' })
  expect(await stateOf(other.digest)).toBe('scheduled')
})

test('what was interrupted, or stood for over a day, asks with the readers who wait', async () => {
  const interrupted = await text(editor.get((await paused('interrupted')).path))
  expect(interrupted).toContain('It was interrupted. Send it now to 3,812 readers who wait, or skip them?')
  expect(interrupted).toContain('>Send now to 3,812</button>')
  const { digest, path } = await paused('editor', { hours: 25 })
  expect(await text(editor.get(path))).toContain(
    'It has been paused for over a day. Send it now to 3,812 readers',
  )
  await editor.post(`${path}/resume`)
  expect(await stateOf(digest)).toBe('paused')
  await editor.post(`${path}/resume`, { confirmed: 'true' })
  expect(await stateOf(digest)).toBe('sending')
})

test('a program that resumes after a day is told the number too, also where nothing had begun', async () => {
  const asEditor = await clientOf(here, 'editor')
  const { digest } = await paused('late', { started: false, hours: 25 })
  const answer = await asEditor('POST', `/digests/${digest}/resume`)
  expect([answer.status, answer.body.readers]).toEqual([409, 4812])
})

test('the server’s words, or what stood in the way, are read while it stands and after it went on', async () => {
  const reply = '550 5.7.1 <b>too many</b> complaints'
  const { path } = await paused('policy', { evidence: { reply } })
  const page = await text(editor.get(path))
  expect(page).toContain('550 5.7.1 &lt;b&gt;too many&lt;/b&gt; complaints')
  expect(page).toContain('>Go on</button>')
  await editor.post(`${path}/resume`)
  const after = await text(editor.get(path))
  expect(after).toMatch(/It was paused before\..*refuses by its policy.*550 5\.7\.1/s)

  const errors = [
    { code: 'no-subject' },
    { code: 'from-not-aligned', newsletter: 'x', from: 'a.example', dkimDomain: 'b.example' },
  ]
  const unready = await text(
    editor.get((await paused('not-ready', { started: false, evidence: { errors } })).path),
  )
  expect(unready).toContain('It has no subject.')
  expect(unready).toContain('does not belong to the DKIM domain b.example')
})

test('what watches from outside sees pauses by reason, batches by state and open connections', async () => {
  await raw`delete from in_flight`
  await raw`update batches set finished_at = now()`
  const [row] = await raw`select id from dispatches where state = 'sending' limit 1`
  await raw`insert into batches (dispatch_id, newsletter_id, due_at, holder, leased_until) values
    (${row!.id}, 1, now() - interval '90 seconds', null, null),
    (${row!.id}, 1, now() + interval '1 hour', null, null),
    (${row!.id}, 1, now(), gen_random_uuid(), now())`
  await raw`insert into in_flight (connection, holder, dispatch_id, subscriber_id)
    values (gen_random_uuid(), gen_random_uuid(), 1, 1), (gen_random_uuid(), gen_random_uuid(), 1, null)`
  const metrics = await text(here.request('/metrics'))
  for (const line of [
    /^broadsheet_dispatches_paused\{reason="interrupted"\} 1$/m,
    /^broadsheet_batches\{state="overdue"\} 1$/m,
    /^broadsheet_batches\{state="waiting"\} 1$/m,
    /^broadsheet_batches\{state="leased"\} 1$/m,
    /^broadsheet_batches_oldest_due_seconds 9\d(\.\d+)?$/m,
    /^broadsheet_connections\{state="sending"\} 1$/m,
    /^broadsheet_connections\{state="between"\} 1$/m,
  ])
    expect(metrics).toMatch(line)
})
