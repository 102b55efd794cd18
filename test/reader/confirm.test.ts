import { expect, test } from 'vitest'
import { updatePublication } from '../../src/store/publication.ts'
import { suppress } from '../../src/store/suppressions.ts'
import { publish } from '../site/publication.ts'
import {
  decide,
  eventsOf,
  fetchMail,
  join,
  letPass,
  linkIn,
  newsletterId,
  openLedger,
  press,
  readerId,
  signUpStates,
  subscribe,
  subscriptionsOf,
  token,
  words,
} from './readers.ts'

const room = await openLedger()
const { raw, request, post, services } = room

const askedFor = async (address: string, wish = {}) => {
  await subscribe(room, address, wish)
  return (await fetchMail(room)).find(mail => mail.to === address && mail.kind === 'confirmation')!
}

test('the page shows what will be confirmed and a button; the button confirms', async () => {
  const address = 'ana@example.com'
  const mail = await askedFor(address, { newsletters: ['morning-brief', 'white-papers'], name: 'Ana' })
  const path = linkIn(mail, 'confirm')
  const page = await request(path)
  expect(page.status).toBe(200)
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('x-robots-tag')).toBe('noindex')
  const html = await page.text()
  expect(words(html)).toContain(
    'I want Morning Brief (Weekdays, 6:30) and White papers (monthly; carries advertising) from The Ledger',
  )
  expect(words(html)).toContain('For ana@example.com · We will greet you as Ana.')
  expect(html.match(/<form/g)?.length).toBe(1)
  expect(html).not.toContain('<script')
  expect(await subscriptionsOf(room, address)).toEqual({})

  const done = await press(room, path)
  expect(done.status).toBe(200)
  expect(words(await done.text())).toContain('You are signed up')
  expect(await subscriptionsOf(room, address)).toEqual({
    'morning-brief': 'active',
    'white-papers': 'active',
  })
  const [reader] = await raw`select name, locale, address from subscribers where address_key = ${address}`
  expect(reader).toEqual({ name: 'Ana', locale: 'en', address })
})

test('the proof: what was asked and confirmed, when, in which words, from where; and it never changes', async () => {
  const events = await raw`
    select c.* from consents c join subscribers r on r.id = c.subscriber_id
    where r.address_key = 'ana@example.com' order by c.id`
  expect(events.map(event => [event.kind, event.form, event.wording_version])).toEqual([
    ['asked', 'page', 'sign-up/en/1'],
    ['confirmed', 'confirm page', 'confirm/en/1'],
  ])
  const [signUp] = await raw`select * from sign_ups where address_key = 'ana@example.com'`
  expect(events[0]!.at).toEqual(signUp!.created_at)
  expect(events[0]!.wording).toBe(signUp!.wording)
  expect(events[1]!.wording).toContain('White papers (monthly; carries advertising)')
  expect(events[1]!.newsletter_ids.length).toBe(2)
  await expect(raw`update consents set wording = 'other'`).rejects.toThrow('never updated')
})

test('where links lead over us, or are counted, the page says so, and the proof has these words', async () => {
  const confirmed = async (address: string, set: { correctableLinks: boolean; countClicks: boolean }) => {
    await updatePublication(services.db, set)
    const path = linkIn(await askedFor(address), 'confirm')
    const html = words(await (await request(path)).text())
    await press(room, path)
    await updatePublication(services.db, { correctableLinks: false, countClicks: false })
    const [proof] =
      await raw`select c.wording, c.wording_version from consents c join subscribers r on r.id = c.subscriber_id
      where r.address_key = ${address} and kind = 'confirmed'`
    expect(html).toContain(proof!.wording)
    return proof!
  }
  const counted = await confirmed('counted@example.com', { correctableLinks: true, countClicks: true })
  expect(counted.wording_version).toBe('confirm-counted/en/1')
  expect(counted.wording).toContain('counts how often each is followed in an hour')
  const over = await confirmed('over@example.com', { correctableLinks: true, countClicks: false })
  expect(over.wording_version).toBe('confirm-correctable/en/1')
})

test('a repeat changes nothing and is answered kindly, and never brings back who left', async () => {
  const address = 'again@example.com'
  const path = await join(room, address)
  expect((await request(path)).status).toBe(200)
  const repeat = await press(room, path)
  expect(repeat.status).toBe(200)
  expect(words(await repeat.text())).toContain('You are signed up')
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed'])
  const leave = token(room, {
    purpose: 'unsubscribe',
    subscriber: await readerId(room, address),
    newsletters: [await newsletterId(room, 'morning-brief')],
  })
  await post(`/unsubscribe/${leave}`, { 'List-Unsubscribe': 'One-Click' })
  const late = await press(room, path)
  expect(late.status).toBe(200)
  expect(words(await late.text())).toContain('This link was used before')
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended' })
})

test('leaving and joining again works, and is a new consent', async () => {
  const address = 'again@example.com'
  await letPass(room, '1 day')
  const mail = await askedFor(address)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended' })
  const [before] = await raw`select consent_id, since from subscriptions
    where subscriber_id = ${await readerId(room, address)}`
  await press(room, linkIn(mail, 'confirm'))
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active' })
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed', 'left', 'asked', 'confirmed'])
  const [after] = await raw`select consent_id, since, end_reason from subscriptions
    where subscriber_id = ${await readerId(room, address)}`
  expect(after!.consent_id).not.toBe(before!.consent_id)
  expect(after!.since > before!.since).toBe(true)
  expect(after!.end_reason).toBeNull()
})

test('asking again never un-confirms, and changes nothing about an active reader', async () => {
  const address = 'steady@example.com'
  await join(room, address, { name: 'Steady' })
  await letPass(room, '1 hour')
  const mail = await askedFor(address, { newsletters: ['morning-brief', 'leadership'], name: 'Impostor' })
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active' })
  const [before] =
    await raw`select since from subscriptions where subscriber_id = ${await readerId(room, address)}`
  await press(room, linkIn(mail, 'confirm'))
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active', leadership: 'active' })
  const [row] = await raw`select name from subscribers where address_key = ${address}`
  expect(row!.name).toBe('Steady')
  const rows =
    await raw`select since from subscriptions where subscriber_id = ${await readerId(room, address)}
    order by since`
  expect(rows[0]!.since).toEqual(before!.since)
})

test('who comes back with a name is called by it', async () => {
  const address = 'renamed@example.com'
  await join(room, address, { name: 'Before' })
  await raw`update subscriptions set state = 'ended', end_reason = 'left', ended_at = now()
    where subscriber_id = ${await readerId(room, address)}`
  await letPass(room, '1 hour')
  await join(room, address, { name: 'After' })
  const [row] = await raw`select name from subscribers where address_key = ${address}`
  expect(row!.name).toBe('After')
})

test('an expired link offers a new mail, and confirms nothing', async () => {
  const address = 'late@example.com'
  const path = linkIn(await askedFor(address, { newsletters: ['leadership'], name: 'Late' }), 'confirm')
  await letPass(room, '73 hours')
  const page = await request(path)
  expect(page.status).toBe(410)
  expect(await page.text()).toContain(`action="${path}/again"`)
  expect((await press(room, path)).status).toBe(410)
  expect(await subscriptionsOf(room, address)).toEqual({})
  const again = await post(`${path}/again`, {})
  expect(again.status).toBe(200)
  expect(words(await again.text())).toContain('Look in your inbox')
  expect(await signUpStates(room, address)).toEqual(['asked', 'waiting'])
  const mail = (await fetchMail(room)).find(one => one.to === address)
  await press(room, linkIn(mail, 'confirm'))
  expect(await subscriptionsOf(room, address)).toEqual({ leadership: 'active' })
  expect((await raw`select name from subscribers where address_key = ${address}`)[0]!.name).toBe('Late')
})

test('links that are removed, cut, forged, or for another page each get a page that helps', async () => {
  const address = 'links@example.com'
  const mail = await askedFor(address)
  const path = linkIn(mail, 'confirm')
  const text = path.slice('/confirm/'.length)
  const forged = [
    text.slice(0, -1),
    `${text.slice(0, -1)}${text.endsWith('A') ? 'B' : 'A'}`,
    '1.c.1',
    'x'.repeat(5000),
    '%00',
    '..%2f',
  ]
  for (const one of forged)
    for (const answer of [await request(`/confirm/${one}`), await press(room, `/confirm/${one}`)]) {
      expect(answer.status, one).toBe(404)
      expect(words(await answer.text()), one).toContain('This link is not complete')
    }
  const foreign = linkIn(mail, 'not-me').slice('/not-me/'.length)
  const answer = await press(room, `/confirm/${foreign}`)
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain(`href="/not-me/${foreign}"`)
  const unknown = token(room, { purpose: 'confirm', signUp: 999_999 })
  for (const gone of [await request(`/confirm/${unknown}`), await press(room, `/confirm/${unknown}`)]) {
    expect(gone.status).toBe(410)
    expect(words(await gone.text())).toContain('This link is too old')
  }
  expect(await subscriptionsOf(room, address)).toEqual({})
})

test('a link whose newsletters are gone says so', async () => {
  await raw`insert into newsletters (slug, name) values ('short', 'Short Life')`
  const path = linkIn(
    await askedFor('short@example.com', { newsletters: ['short', 'leadership'] }),
    'confirm',
  )
  await raw`delete from newsletters where slug = 'short'`
  await press(room, path)
  expect(await subscriptionsOf(room, 'short@example.com')).toEqual({ leadership: 'active' })
  await raw`insert into newsletters (slug, name) values ('short', 'Short Life')`
  const other = linkIn(await askedFor('shorter@example.com', { newsletters: ['short'] }), 'confirm')
  await raw`delete from newsletters where slug = 'short'`
  expect((await press(room, other)).status).toBe(410)
  expect(await raw`select id from subscribers where address_key = 'shorter@example.com'`).toEqual([])
})

test('an address that complained after it was asked is not taken on by a click', async () => {
  const path = linkIn(await askedFor('cross@example.com'), 'confirm')
  await suppress(services.db, services.keys, {
    addressKey: 'cross@example.com',
    cause: 'complained',
    evidence: {},
  })
  const answer = await press(room, path)
  expect(answer.status).toBe(410)
  expect(words(await answer.text())).toContain('Nothing was confirmed')
  expect(await subscriptionsOf(room, 'cross@example.com')).toEqual({})
})

test('the page after it offers the latest edition, once', async () => {
  await publish(services, { subject: 'An older one' })
  await publish(services, { subject: 'IBM leaves facial recognition' })
  const address = 'curious@example.com'
  await subscribe(room, address)
  const path = linkIn(
    (await fetchMail(room)).find(mail => mail.to === address),
    'confirm',
  )
  const done = await (await press(room, path)).text()
  expect(words(done)).toContain('The latest edition is “IBM leaves facial recognition”.')
  expect(done).toContain(`action="${path}/latest"`)
  const [first, second] = await Promise.all([post(`${path}/latest`, {}), post(`${path}/latest`, {})])
  expect([first.status, second.status]).toEqual([200, 200])
  const said = [words(await first.text()), words(await second.text())].sort()
  expect(said[0]).toContain('It is on its way')
  expect(said[1]).toContain('There is nothing to send now')
  const mails = (await fetchMail(room)).filter(mail => mail.to === address)
  expect(mails.map(mail => mail.subject)).toEqual(['IBM leaves facial recognition'])
  expect(await (await request(path)).text()).not.toContain('/latest')
})

test('nobody gets the latest edition by a link that was not confirmed', async () => {
  const path = linkIn(await askedFor('hasty@example.com'), 'confirm')
  await post(`${path}/latest`, {})
  expect((await fetchMail(room)).filter(mail => mail.to === 'hasty@example.com')).toEqual([])
})

test('two clicks at once, and two addresses equal but for case, make one reader', async () => {
  await subscribe(room, 'Twin@example.com', { newsletters: ['leadership'] })
  await decide(room)
  await letPass(room, '11 minutes')
  const first = (await fetchMail(room)).find(mail => mail.to === 'Twin@example.com')
  await letPass(room, '11 minutes')
  const second = await askedFor('twin@example.com', { newsletters: ['morning-brief'] })
  const paths = [linkIn(first, 'confirm'), linkIn(second, 'confirm')]
  const answers = await Promise.all([...paths, ...paths, ...paths].map(path => press(room, path)))
  expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200, 200, 200])
  expect(await subscriptionsOf(room, 'twin@example.com')).toEqual({
    'morning-brief': 'active',
    leadership: 'active',
  })
  expect(await eventsOf(room, 'twin@example.com')).toEqual(['asked', 'asked', 'confirmed', 'confirmed'])
})

test('confirming and leaving at once: no failure, and the later one holds', async () => {
  const address = 'torn@example.com'
  await join(room, address)
  const id = await readerId(room, address)
  const leave = token(room, {
    purpose: 'unsubscribe',
    subscriber: id,
    newsletters: [await newsletterId(room, 'morning-brief'), await newsletterId(room, 'leadership')],
  })
  for (let round = 0; round < 5; round++) {
    await letPass(room, '1 day')
    const path = linkIn(await askedFor(address, { newsletters: ['leadership', 'morning-brief'] }), 'confirm')
    const answers = await Promise.all([
      press(room, path),
      post(`/unsubscribe/${leave}`, { 'List-Unsubscribe': 'One-Click' }),
      press(room, path),
      post(`/unsubscribe/${leave}/undo`, {}),
    ])
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200])
    const states = await raw`
      select s.state = 'active' as active, (
        select kind <> 'left' from consents c
        where c.subscriber_id = s.subscriber_id and s.newsletter_id = any(c.newsletter_ids)
        order by c.id desc limit 1
      ) as wanted
      from subscriptions s where subscriber_id = ${id}`
    expect(states.length).toBe(2)
    for (const { active, wanted } of states) expect(active).toBe(wanted)
  }
})
