import { expect, test } from 'vitest'
import type { SuppressionCause } from '../../src/domain/suppression.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { addFinishedDispatch } from '../../src/store/dispatches.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { suppress } from '../../src/store/suppressions.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db, keys } = here.services
await updatePublication(db, { timeZone: 'Europe/London' })
const [owner, editor] = [await signInAs(here, 'owner'), await signInAs(here, 'editor')]
const path = '/admin/readers/suppressed'
const text = async (answer: Promise<Response>) => (await answer).text()

const digest = await addDigest(db, {
  subject: 'The outage <edition>',
  preheader: '',
  blocks: [],
  newsletterIds: [],
})
const dispatch = await addFinishedDispatch(db, {
  digestId: digest,
  transport: 'mailbox',
  at: new Date('2026-06-01T06:30:00Z'),
})

async function add(addressKey: string, cause: Exclude<SuppressionCause, 'erased'>, at: string, of?: number) {
  await suppress(db, keys, {
    addressKey,
    cause,
    evidence: { reply: '550 5.1.1 no such user' },
    dispatchId: of,
  })
  await here.raw`update suppressions set created_at = ${at}::timestamptz where address_key = ${addressKey}`
}
await add('ana@one.example', 'bounced', '2026-06-01T07:00:00Z', dispatch)
await add('ben@one.example', 'bounced', '2026-06-01T09:00:00Z', dispatch)
await add('cleo@one.example', 'complained', '2026-06-01T07:10:00Z', dispatch)
await add('dora@two.example', 'bounced', '2026-06-01T07:20:00Z')
await add('ed@one.example', 'bounced', '2026-05-01T07:00:00Z')

const everybody = ['ana', 'ben', 'cleo', 'dora', 'ed']
async function found(query: string) {
  const page = await text(owner.get(`${path}?${query}`))
  return everybody.filter(name => page.includes(`>${name}@`))
}

test('sought by address, cause, domain, time and digest, with what stands behind each', async () => {
  expect(await found('')).toEqual(everybody)
  expect(await found('q=AN')).toEqual(['ana'])
  expect(await found('q=%25')).toEqual([])
  expect(await found('cause=complained')).toEqual(['cleo'])
  expect(await found('domain=%40TWO.example')).toEqual(['dora'])
  expect(await found(`dispatch=${dispatch}`)).toEqual(['ana', 'ben', 'cleo'])
  // 08:00 to 08:15 in London are 07:00 to 07:15 UTC.
  expect(await found('from=2026-06-01T08:00&to=2026-06-01T08:15')).toEqual(['ana', 'cleo'])
  const page = await text(editor.get(`${path}?q=ana`))
  expect(page).toContain('550 5.1.1 no such user')
  expect(page).toContain(`<a href="/admin/digests/${digest}">The outage &lt;edition&gt;</a>`)
  expect(await text(editor.get(`${path}?from=yesterday`))).toContain('This is no day with a time.')
})

test('an editor finds an address by all of it, and no list tells any', async () => {
  const page = await text(editor.get(path))
  expect(page).toContain('>a•••@o•••.example<')
  expect(page).not.toMatch(/(ana|ben|cleo|dora|ed)@/)
  expect(await text(editor.get(`${path}?q=ANA%40one.example`))).toMatch(/<tbody><tr>(?!.*<tr>)/)
  const part = await text(editor.get(`${path}?q=ana`))
  expect(part).toContain('Type the whole address')
})

test('an owner lifts what bounced at a domain in a span, on a page with the number; the rest stays', async () => {
  const query = '?domain=one.example&from=2026-06-01T00:00&to=2026-06-02T00:00'
  expect(await text(editor.get(path + query))).not.toContain('/lift?')
  expect((await editor.post(`${path}/lift${query}`)).status).toBe(403)
  expect(await text(owner.get(path + query))).toContain('Lift 2 addresses that bounced')
  const ask = await text(owner.get(`${path}/lift${query}`))
  expect(ask).toContain('Lift the suppression of 2 addresses?')
  const [, asOf] = /name="asOf" value="([^"]+)"/.exec(ask)!
  // It came after the page was shown, within the span that was asked for.
  await add('late@one.example', 'bounced', '2026-06-01T10:00:00Z')
  await here.raw`update suppressions set created_at = ${asOf!}::timestamptz + interval '1 second'
    where address_key = 'late@one.example'`
  const answer = await owner.post(`${path}/lift?domain=one.example&from=2026-06-01T00:00`, { asOf: asOf! })
  expect(await text(owner.get(answer.headers.get('location')!))).toContain(
    '2 addresses may get digests again.',
  )
  const left = await here.raw`select address_key from suppressions order by address_key`
  expect(left.map(row => row.address_key)).toEqual([
    'cleo@one.example',
    'dora@two.example',
    'ed@one.example',
    'late@one.example',
  ])
})

test('all at once, by a cause that is a person’s word, or by a time that is none: nothing is lifted', async () => {
  const asOf = new Date(Date.now() + 60_000).toISOString()
  for (const query of [
    '',
    '?q=o',
    '?cause=complained&domain=one.example',
    '?domain=one.example&from=yesterday',
  ]) {
    const before = await here.raw`select count(*)::int as n from suppressions`
    expect(await text(owner.get(`${path}/lift${query}`)), query).toContain('Nothing to lift')
    expect((await owner.post(`${path}/lift${query}`, { asOf })).status).toBe(303)
    expect(await here.raw`select count(*)::int as n from suppressions`, query).toEqual(before)
  }
  await owner.post(`${path}/lift?domain=one.example`)
  expect(await here.raw`select from suppressions where address_key = 'ed@one.example'`).toHaveLength(1)
})
