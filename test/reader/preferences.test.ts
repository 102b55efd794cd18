import { expect, test } from 'vitest'
import { countAudience } from '../../src/store/audience.ts'
import { suppress } from '../../src/store/suppressions.ts'
import {
  eventsOf,
  everyRow,
  fetchMail,
  join,
  letPass,
  linkIn,
  newsletterId,
  openLedger,
  press,
  readerId,
  subscriptionsOf,
  token,
  words,
} from './readers.ts'

const room = await openLedger()
const { raw, request, post, services } = room
const ids = {
  brief: String(await newsletterId(room, 'morning-brief')),
  leadership: String(await newsletterId(room, 'leadership')),
}

/** A reader of Morning Brief, with a link from a digest and one freshly mailed. */
async function readerWithLinks(address: string, wish = {}) {
  await letPass(room, '2 days')
  await join(room, address, wish)
  const subscriber = await readerId(room, address)
  const expires = Math.floor(Date.now() / 1000) + 3600
  return {
    subscriber,
    manage: `/preferences/${token(room, { purpose: 'manage', subscriber, dispatch: 4 })}`,
    fresh: `/preferences/${token(room, { purpose: 'preferences', subscriber, expires })}`,
  }
}
const said = async (answer: Response | Promise<Response>) => words(await (await answer).text())

test('without a token: a form, and the same answer for all; only a reader gets a mail, and it opens everything', async () => {
  const address = 'ana@example.com'
  await join(room, address)
  expect(await said(request('/preferences'))).toContain('The address that gets our newsletters')
  const answers: string[] = []
  for (const one of [address, 'stranger@example.com']) {
    const answer = await post('/preferences', { email: one })
    expect(answer.status).toBe(200)
    answers.push((await answer.text()).replaceAll(one, '…'))
  }
  expect(answers[0]).toBe(answers[1])
  const mails = await fetchMail(room)
  expect(mails.map(mail => [mail.kind, mail.to])).toEqual([['preferences', address]])
  const page = await request(linkIn(mails[0], 'preferences'))
  expect(page.status).toBe(200)
  expect(page.headers.get('cache-control')).toBe('no-store')
  const text = words(await page.text())
  for (const part of [address, 'Your name', 'New address', 'Erase everything about me', 'What else there is'])
    expect(text).toContain(part)
})

test('links are limited as confirmations are: one in ten minutes, three a day, one for 50 at once', async () => {
  const address = 'often@example.com'
  await join(room, address)
  const links = async () => (await fetchMail(room)).filter(mail => mail.to === address).length
  await Promise.all(Array.from({ length: 50 }, () => post('/preferences', { email: address })))
  expect(await links()).toBe(1)
  await letPass(room, '5 minutes')
  await post('/preferences', { email: address })
  expect(await links()).toBe(0)
  await letPass(room, '6 minutes')
  expect(await links()).toBe(1)
  await letPass(room, '11 minutes')
  await post('/preferences', { email: address })
  expect(await links()).toBe(1)
  await letPass(room, '11 minutes')
  await post('/preferences', { email: address })
  expect(await links()).toBe(0)
  await letPass(room, '24 hours')
  expect(await links()).toBe(1)
})

test('a faulty address is refused at its field, and kept', async () => {
  const answer = await post('/preferences', { email: 'ana.example.com' })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('value="ana.example.com"')
})

test('one who said never to write gets no link either', async () => {
  const address = 'never@example.com'
  await join(room, address)
  await suppress(services.db, services.keys, { addressKey: address, cause: 'objected', evidence: {} })
  await post('/preferences', { email: address })
  expect((await fetchMail(room)).filter(mail => mail.to === address)).toEqual([])
})

test('a digest’s link masks the address and lets the reader leave, pause, resume and undo', async () => {
  const address = 'lessen@example.com'
  const { manage, subscriber } = await readerWithLinks(address, {
    newsletters: ['morning-brief', 'leadership'],
  })
  const before = await everyRow(room)
  const html = await (await request(manage)).text()
  expect(html).not.toContain(address)
  expect(html).not.toMatch(/value="(join|profile|address)"/)
  expect(html).not.toContain('export')
  expect(await everyRow(room)).toBe(before)
  const audience = () => countAudience(services.db, { newsletterIds: [Number(ids.brief)] })
  const readers = await audience()

  expect(await said(press(room, manage, { do: 'pause-two-weeks', newsletter: ids.brief }))).toContain(
    'Morning Brief is paused.',
  )
  const [paused] =
    await raw`select state, round(extract(epoch from paused_until - now()) / 86400)::int as days
    from subscriptions where subscriber_id = ${subscriber} and newsletter_id = ${ids.brief}`
  expect(paused).toEqual({ state: 'active', days: 14 })
  expect(await audience()).toBe(readers - 1)
  expect(await said(press(room, manage, { do: 'resume', newsletter: ids.brief }))).toContain('comes again')
  expect(await audience()).toBe(readers)
  expect(await said(press(room, manage, { do: 'resume', newsletter: ids.brief }))).toContain(
    'Nothing was changed',
  )
  expect(await said(press(room, manage, { do: 'pause-month', newsletter: ids.leadership }))).toContain(
    'Leadership is paused.',
  )
  expect(await said(press(room, manage, { do: 'leave', newsletter: ids.brief }))).toContain(
    'You have left Morning Brief.',
  )
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'ended', leadership: 'active' })
  expect(await said(press(room, manage, { do: 'undo' }))).toContain('will come as before')
  expect(await said(press(room, manage, { do: 'all' }))).toContain(
    'You have left Morning Brief and Leadership.',
  )
  expect(await said(press(room, manage, { do: 'undo' }))).toContain('will come as before')
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active', leadership: 'active' })
  expect(await eventsOf(room, address)).toEqual([
    'asked',
    'confirmed',
    'paused',
    'resumed',
    'paused',
    'left',
    'undone',
    'left',
    'undone',
  ])
})

test('a digest’s link does nothing more, whatever is posted to it', async () => {
  const address = 'forwarded@example.com'
  const { manage } = await readerWithLinks(address)
  const before = await everyRow(room)
  const attempts: Record<string, string>[] = [
    { do: 'join', newsletter: ids.leadership },
    { do: 'profile', name: 'Mallory', language: 'de' },
    { do: 'address', email: 'mallory@example.com' },
  ]
  for (const fields of attempts) {
    const answer = await press(room, manage, fields)
    expect(answer.status).toBe(403)
    expect(words(await answer.text())).toContain('Nothing was changed')
  }
  expect((await request(`${manage}/export.json`)).status).toBe(403)
  expect((await request(`${manage}/export.csv`)).status).toBe(403)
  expect((await request(`${manage}/erase`)).status).toBe(403)
  expect((await post(`${manage}/erase`, {})).status).toBe(403)
  expect(await everyRow(room)).toBe(before)
  const more = await press(room, manage, { do: 'link' })
  expect(words(await more.text())).toContain('A link is on its way to your address.')
  expect((await fetchMail(room)).map(mail => [mail.kind, mail.to])).toEqual([['preferences', address]])
})

test('a fresh link lets the reader join more, at once and with a proof', async () => {
  const address = 'more@example.com'
  const { fresh, subscriber } = await readerWithLinks(address)
  await suppress(services.db, services.keys, { addressKey: address, cause: 'bounced', evidence: {} })
  expect(await said(press(room, fresh, { do: 'join', newsletter: ids.leadership }))).toContain(
    'You are signed up for Leadership.',
  )
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active', leadership: 'active' })
  const [event] = await raw`select * from consents where subscriber_id = ${subscriber} and kind = 'joined'`
  expect(event!.wording_version).toBe('join/en/1')
  expect(words(await (await request(fresh)).text())).not.toContain('Sign up Leadership')
  expect(await raw`select 1 from suppressions where address_key = ${address}`).toEqual([])
  await raw`update newsletters set state = 'closed' where slug = 'white-papers'`
  const closed = String(await newsletterId(room, 'white-papers'))
  expect(await said(press(room, fresh, { do: 'join', newsletter: closed }))).toContain('Nothing was changed')
  expect(await said(press(room, fresh, { do: 'join', newsletter: '999999' }))).toContain(
    'Nothing was changed',
  )
  await raw`update newsletters set state = 'open' where slug = 'white-papers'`
})

test('an address that only an owner may take on again joins nothing', async () => {
  const { fresh } = await readerWithLinks('barred@example.com')
  await suppress(services.db, services.keys, {
    addressKey: 'barred@example.com',
    cause: 'manual',
    evidence: {},
  })
  expect(await said(request(fresh))).toContain('Only the editors can change that.')
  expect((await press(room, fresh, { do: 'join', newsletter: ids.leadership })).status).toBe(403)
  expect(await subscriptionsOf(room, 'barred@example.com')).toEqual({ 'morning-brief': 'active' })
})

test('name and language, with faults at their field', async () => {
  const { fresh, subscriber } = await readerWithLinks('named@example.com')
  const saved = await press(room, fresh, { do: 'profile', name: 'Änne <b>', language: 'de' })
  const html = await saved.text()
  expect(html).toContain('<html lang="de">')
  expect(words(html)).toContain('Gespeichert.')
  expect(html).toContain('value="Änne &lt;b&gt;"')
  const row = async () => (await raw`select name, locale from subscribers where id = ${subscriber}`)[0]
  expect(await row()).toEqual({ name: 'Änne <b>', locale: 'de' })
  const bad = await press(room, fresh, { do: 'profile', name: 'A\r\nB', language: 'de' })
  expect(bad.status).toBe(422)
  expect(await bad.text()).toContain('aria-invalid="true"')
  expect((await press(room, fresh, { do: 'profile', name: 'C', language: 'fr' })).status).toBe(422)
  expect((await press(room, fresh, { do: 'constructor' })).status).toBe(422)
  expect((await press(room, fresh, { do: 'leave', newsletter: 'x' })).status).toBe(422)
  expect(await row()).toEqual({ name: 'Änne <b>', locale: 'de' })
})

test('a new address is proven there, and both addresses are told', async () => {
  const { fresh, subscriber } = await readerWithLinks('old@example.com', { name: 'Olga' })
  await suppress(services.db, services.keys, {
    addressKey: 'new@example.com',
    cause: 'bounced',
    evidence: {},
  })
  expect((await press(room, fresh, { do: 'address', email: 'no address' })).status).toBe(422)
  const same = await press(room, fresh, { do: 'address', email: 'old@example.com' })
  expect(words(await same.text())).toContain('This is the address that we have.')
  expect(await said(press(room, fresh, { do: 'address', email: 'New@example.com' }))).toContain(
    'A link is on its way to New@example.com.',
  )
  const [mail, ...others] = await fetchMail(room)
  expect(others).toEqual([])
  expect([mail!.kind, mail!.to]).toEqual(['address_change', 'New@example.com'])
  const path = linkIn(mail, 'new-address')
  const before = await everyRow(room)
  const page = await (await request(path)).text()
  expect(words(page)).toContain('from o•••@e•••.com to New@example.com')
  expect(page).not.toContain('old@example.com')
  expect(await everyRow(room)).toBe(before)

  const answers = await Promise.all([press(room, path), press(room, path), press(room, path)])
  expect(answers.map(answer => answer.status)).toEqual([200, 200, 200])
  const [row] = await raw`select address, address_key, name from subscribers where id = ${subscriber}`
  expect(row).toEqual({ address: 'New@example.com', address_key: 'new@example.com', name: 'Olga' })
  const told = await fetchMail(room)
  expect(told.map(one => [one.kind, one.to])).toEqual([
    ['address_changed', 'old@example.com'],
    ['address_changed', 'New@example.com'],
  ])
  expect(await eventsOf(room, 'new@example.com')).toEqual(['asked', 'confirmed', 'address_changed'])
  expect(await raw`select 1 from suppressions where address_key = 'new@example.com'`).toEqual([])
})

test('an older link to a new address is void once another was asked for or used', async () => {
  const { fresh, subscriber } = await readerWithLinks('a@example.com')
  const ask = async (email: string) => {
    await press(room, fresh, { do: 'address', email })
    return linkIn(
      (await fetchMail(room)).find(mail => mail.kind === 'address_change'),
      'new-address',
    )
  }
  const toB = await ask('b@example.com')
  const toC = await ask('c@example.com')
  expect((await press(room, toB)).status).toBe(410)
  expect((await press(room, toC)).status).toBe(200)
  const toD = await ask('d@example.com')
  expect((await press(room, toD)).status).toBe(200)
  expect((await press(room, toC)).status).toBe(410)
  expect((await raw`select address from subscribers where id = ${subscriber}`)[0]!.address).toBe(
    'd@example.com',
  )
  const fourth = await press(room, fresh, { do: 'address', email: 'e@example.com' })
  expect(fourth.status).toBe(429)
  expect(fourth.headers.get('retry-after')).toBe('86400')
})

test('an address that another reader has is refused only to who proves it; one that objected is not written to', async () => {
  await join(room, 'taken@example.com')
  const { fresh, subscriber } = await readerWithLinks('mover@example.com')
  await suppress(services.db, services.keys, {
    addressKey: 'foe@example.com',
    cause: 'objected',
    evidence: {},
  })
  const masked = (text: string, address: string) => text.replaceAll(address, '…')
  const free = masked(
    await said(press(room, fresh, { do: 'address', email: 'free@example.com' })),
    'free@example.com',
  )
  const foe = masked(
    await said(press(room, fresh, { do: 'address', email: 'foe@example.com' })),
    'foe@example.com',
  )
  const taken = masked(
    await said(press(room, fresh, { do: 'address', email: 'taken@example.com' })),
    'taken@example.com',
  )
  expect([foe, taken]).toEqual([free, free])
  const mails = await fetchMail(room)
  expect(mails.map(mail => mail.to)).toEqual(['free@example.com', 'taken@example.com'])
  const path = linkIn(mails[1], 'new-address')
  const answer = await press(room, path)
  expect(answer.status).toBe(409)
  expect(words(await answer.text())).toContain('This address is a reader already')
  expect((await raw`select address from subscribers where id = ${subscriber}`)[0]!.address).toBe(
    'mover@example.com',
  )
})

test('moving to an address that confirms at the same moment: one of them has it, nothing fails', async () => {
  for (let round = 0; round < 3; round++) {
    const { fresh } = await readerWithLinks(`from${round}@example.com`)
    const target = `to${round}@example.com`
    await press(room, fresh, { do: 'address', email: target })
    await post('/subscribe', { email: target, newsletter: 'leadership' })
    const mails = await fetchMail(room)
    const move = linkIn(
      mails.find(mail => mail.kind === 'address_change'),
      'new-address',
    )
    const confirm = linkIn(
      mails.find(mail => mail.kind === 'confirmation'),
      'confirm',
    )
    const [moved, confirmed] = await Promise.all([press(room, move), press(room, confirm)])
    expect([200, 409]).toContain(moved.status)
    expect(confirmed.status).toBe(200)
    expect((await raw`select 1 from subscribers where address_key = ${target}`).length).toBe(1)
  }
})

test('the reader’s data, as JSON and as a table that no spreadsheet runs', async () => {
  const address = 'export@example.com'
  const { fresh } = await readerWithLinks(address, { name: '=HYPERLINK("x")' })
  const json = await request(`${fresh}/export.json`)
  expect(json.headers.get('content-disposition')).toContain('reader.json')
  const all = (await json.json()) as Record<string, never>
  expect(all.reader).toMatchObject({ address, name: '=HYPERLINK("x")', language: 'en' })
  expect(all.subscriptions).toMatchObject([{ newsletter: 'Morning Brief', state: 'active' }])
  expect(all.consents).toMatchObject([
    { kind: 'asked' },
    { kind: 'confirmed', newsletters: ['Morning Brief'] },
  ])
  const csv = await (await request(`${fresh}/export.csv`)).text()
  expect(csv).toContain(`,${address}`)
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`)
  expect(csv).toContain('consent: confirmed')
})

test('an expired link offers a fresh one, and does nothing', async () => {
  const address = 'expired@example.com'
  const { subscriber } = await readerWithLinks(address)
  const expires = Math.floor(Date.now() / 1000) - 5
  const path = `/preferences/${token(room, { purpose: 'preferences', subscriber, expires })}`
  const answer = await request(path)
  expect(answer.status).toBe(410)
  expect(await answer.text()).toContain(`action="${path}/link"`)
  expect((await press(room, path, { do: 'leave', newsletter: ids.brief })).status).toBe(410)
  expect((await post(`${path}/erase`, {})).status).toBe(410)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active' })
  const sent = await post(`${path}/link`, {})
  expect(sent.status).toBe(200)
  expect(await sent.text()).not.toContain(address)
  expect((await fetchMail(room)).map(mail => [mail.kind, mail.to])).toEqual([['preferences', address]])
})

test('forged and foreign links', async () => {
  const foreign = token(room, { purpose: 'unsubscribe', subscriber: 1, newsletters: [1] })
  for (const path of [
    '/preferences/x',
    `/preferences/${foreign}`,
    '/new-address/x',
    `/new-address/${foreign}`,
  ]) {
    expect((await request(path)).status).toBe(404)
    expect((await post(path, { do: 'all' })).status).toBe(404)
  }
  const nobody = token(room, { purpose: 'manage', subscriber: 999_999 })
  expect((await request(`/preferences/${nobody}`)).status).toBe(410)
})
