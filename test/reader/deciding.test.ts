import { expect, test } from 'vitest'
import { decideSignUps } from '../../src/actions/decide-sign-ups.ts'
import { createKeyring } from '../../src/domain/keys.ts'
import { nextMailAt } from '../../src/domain/mail-limits.ts'
import { suppress } from '../../src/store/suppressions.ts'
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
  signUpStates,
  subscribe,
  subscriptionsOf,
  words,
} from './readers.ts'

const room = await openLedger()
const { raw, request, services } = room

const confirmations = async (to: string) =>
  (await fetchMail(room)).filter(mail => mail.to === to && mail.kind === 'confirmation')

test('50 sign-ups at once for one address: 50 rows, one mail, and confirming it settles them', async () => {
  const address = 'crowd@example.com'
  const answers = await Promise.all(Array.from({ length: 50 }, () => subscribe(room, address)))
  expect(answers.every(answer => answer.status === 200)).toBe(true)
  const decisions = await Promise.all([decideSignUps(services), decideSignUps(services)])
  expect(decisions).toContain(0)
  const mails = await confirmations(address)
  expect(mails.length).toBe(1)
  expect(await confirmations(address)).toEqual([])
  const states = await signUpStates(room, address)
  expect(states.filter(state => state === 'asked').length).toBe(1)
  expect(states.filter(state => state === 'merged').length).toBe(49)
  await press(room, linkIn(mails[0], 'confirm'))
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active' })
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed'])
})

test('50 that arrive while the first is being decided cause no second mail either', async () => {
  const address = 'trickle@example.com'
  await subscribe(room, address)
  expect((await confirmations(address)).length).toBe(1)
  await Promise.all(Array.from({ length: 49 }, () => subscribe(room, address)))
  expect(await confirmations(address)).toEqual([])
  await letPass(room, '11 minutes')
  expect(await confirmations(address)).toEqual([])
  expect((await signUpStates(room, address)).filter(state => state === 'merged').length).toBe(49)
})

test('one mail for all newsletters asked for, in the newest’s name, with nothing that was typed', async () => {
  const address = 'many@example.com'
  await subscribe(room, address, { newsletters: ['leadership'], name: 'First' })
  await subscribe(room, address, { newsletters: ['morning-brief', 'leadership'], name: 'Second' })
  await subscribe(room, address, { newsletters: ['white-papers'], name: 'Newest' })
  const [mail, ...more] = await confirmations(address)
  expect(more).toEqual([])
  for (const name of ['Leadership', 'Morning Brief', 'White papers']) expect(mail!.text).toContain(name)
  expect(mail!.text + mail!.html).not.toMatch(/First|Second|Newest/)
  await press(room, linkIn(mail, 'confirm'))
  expect(Object.keys(await subscriptionsOf(room, address)).length).toBe(3)
  const [reader] = await raw`select name from subscribers where address_key = ${address}`
  expect(reader!.name).toBe('Newest')
})

test('what is asked within ten minutes of a mail gets one mail when they are over', async () => {
  const address = 'eager@example.com'
  await subscribe(room, address)
  expect((await confirmations(address)).length).toBe(1)
  await letPass(room, '2 minutes')
  await subscribe(room, address, { newsletters: ['leadership'] })
  await subscribe(room, address, { newsletters: ['white-papers'] })
  expect(await confirmations(address)).toEqual([])
  await letPass(room, '7 minutes')
  expect(await confirmations(address)).toEqual([])
  await letPass(room, '2 minutes')
  const [mail, ...more] = await confirmations(address)
  expect(more).toEqual([])
  expect(mail!.text).toContain('Leadership')
  expect(mail!.text).toContain('White papers')
})

test('who asks again because no mail came gets another one after ten minutes', async () => {
  const address = 'waiting@example.com'
  await subscribe(room, address)
  await confirmations(address)
  await letPass(room, '5 minutes')
  await subscribe(room, address)
  expect(await confirmations(address)).toEqual([])
  await letPass(room, '6 minutes')
  expect((await confirmations(address)).length).toBe(1)
})

test('three mails in 24 hours, then the next day', async () => {
  const address = 'daily@example.com'
  for (let time = 0; time < 3; time++) {
    await subscribe(room, address)
    expect((await confirmations(address)).length).toBe(1)
    await letPass(room, '11 minutes')
  }
  await subscribe(room, address)
  expect(await confirmations(address)).toEqual([])
  await letPass(room, '20 hours')
  expect(await confirmations(address)).toEqual([])
  await letPass(room, '4 hours')
  expect((await confirmations(address)).length).toBe(1)
})

test('gmail’s dots and any plus tag count as one address for limits, and as others otherwise', async () => {
  await subscribe(room, 'jo.doe+one@gmail.com')
  expect((await confirmations('jo.doe+one@gmail.com')).length).toBe(1)
  await subscribe(room, 'jodoe@googlemail.com')
  expect(await confirmations('jodoe@googlemail.com')).toEqual([])
  await letPass(room, '11 minutes')
  expect((await confirmations('jodoe@googlemail.com')).length).toBe(1)
})

test('20 confirmations a second in total: the rest waits, and goes in the next second', async () => {
  await letPass(room, '1 hour')
  await Promise.all(Array.from({ length: 30 }, (_, n) => subscribe(room, `rush${n}@example.com`)))
  expect(await decideSignUps(services)).toBe(20)
  // Still within that second, however slow this machine is.
  await raw`update notices set created_at = now() + interval '1 hour' where kind = 'confirmation'`
  expect(await decideSignUps(services)).toBe(0)
  const waiting = async () =>
    (
      await raw`select count(*)::int as count from sign_ups where address_key like 'rush%' and state = 'waiting'`
    )[0]!.count
  expect(await waiting()).toBe(10)
  await letPass(room, '2 hours')
  expect(await decideSignUps(services)).toBe(10)
  expect(await waiting()).toBe(0)
})

test('while the mail server is away all that is asked goes into the mail that waits', async () => {
  await fetchMail(room)
  const address = 'patient@example.com'
  await subscribe(room, address)
  await decide(room)
  for (const newsletters of [['leadership'], ['white-papers']]) {
    await letPass(room, '30 minutes')
    await subscribe(room, address, { newsletters })
    await decide(room)
  }
  const [mail, ...more] = await confirmations(address)
  expect(more).toEqual([])
  for (const name of ['Morning Brief', 'Leadership', 'White papers']) expect(mail!.text).toContain(name)
  const page = words(await (await request(linkIn(mail, 'confirm'))).text())
  for (const name of ['Morning Brief', 'Leadership', 'White papers']) expect(page).toContain(name)
})

test('the 72 hours begin when the mail is handed over, not when it was asked for', async () => {
  const address = 'outage@example.com'
  await subscribe(room, address)
  await decide(room)
  await letPass(room, '4 days')
  const [mail] = await confirmations(address)
  expect((await request(linkIn(mail, 'confirm'))).status).toBe(200)
  await letPass(room, '73 hours')
  expect((await request(linkIn(mail, 'confirm'))).status).toBe(410)
})

test.each(['complained', 'objected', 'manual'] as const)('no mail to an address that %s', async cause => {
  const address = `${cause}@example.com`
  await suppress(services.db, services.keys, { addressKey: address, cause, evidence: {} })
  await subscribe(room, address)
  expect(await confirmations(address)).toEqual([])
  expect(await signUpStates(room, address)).toEqual(['refused'])
})

test('a suppression holds under whichever key it was made', async () => {
  const newer = createKeyring([
    { version: 2, secret: 'a newer secret for tests only' },
    { version: 1, secret: 'a secret for tests only' },
  ])
  await suppress(services.db, services.keys, {
    addressKey: 'older@example.com',
    cause: 'complained',
    evidence: {},
  })
  await subscribe(room, 'older@example.com')
  await decideSignUps({ ...services, keys: newer })
  expect(await signUpStates(room, 'older@example.com')).toEqual(['refused'])
})

test('a bounced address gets a confirmation, and confirming lifts the suppression', async () => {
  const address = 'bounced@example.com'
  await suppress(services.db, services.keys, { addressKey: address, cause: 'bounced', evidence: {} })
  await join(room, address)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active' })
  expect(await raw`select id from suppressions where address_key = ${address}`).toEqual([])
})

test('the mail speaks the newsletter’s language, whatever the browser’s', async () => {
  await raw`insert into newsletters (slug, name, language) values ('morgen', 'Morgenbrief', 'de')`
  await subscribe(room, 'doris@example.com', { newsletters: ['morgen'] })
  const [mail] = await confirmations('doris@example.com')
  expect(mail!.language).toBe('de')
  const both = { newsletters: ['morning-brief', 'morgen'] }
  await subscribe(room, 'emil@example.com', { ...both, headers: { 'accept-language': 'de' } })
  expect((await confirmations('emil@example.com'))[0]!.language).toBe('de')
  await subscribe(room, 'fay@example.com', { ...both, headers: { 'accept-language': 'fr' } })
  expect((await confirmations('fay@example.com'))[0]!.language).toBe('en')
})

test('a newsletter that was removed meanwhile is left out; where none is left no mail goes', async () => {
  await raw`insert into newsletters (slug, name) values ('brief-life', 'Brief Life')`
  await subscribe(room, 'gone@example.com', { newsletters: ['brief-life'] })
  await raw`delete from newsletters where id = ${await newsletterId(room, 'brief-life')}`
  expect(await confirmations('gone@example.com')).toEqual([])
})

test('when the next mail may go', () => {
  const now = new Date('2026-11-23T12:00:00Z')
  const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
  const wait = (...former: Date[]) => (nextMailAt(former, now)?.getTime() ?? now.getTime()) - now.getTime()
  expect(wait()).toBe(0)
  expect(wait(ago(10))).toBe(0)
  expect(wait(ago(9))).toBe(60_000)
  expect(wait(ago(60), ago(30), ago(20))).toBe(23 * 3_600_000)
  expect(wait(ago(60), ago(30), ago(4))).toBe(23 * 3_600_000)
  expect(wait(ago(24 * 60), ago(30), ago(20))).toBe(0)
})
