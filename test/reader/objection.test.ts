import { expect, test } from 'vitest'
import { countAudience } from '../../src/store/audience.ts'
import { liftSuppression, suppressionsOf } from '../../src/store/suppressions.ts'
import {
  decide,
  eventsOf,
  everyRow,
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
  token,
  words,
} from './readers.ts'

const room = await openLedger()
const { raw, request, post, services } = room

const askedFor = async (address: string, wish = {}) => {
  await subscribe(room, address, wish)
  return (await fetchMail(room)).find(mail => mail.to === address && mail.kind === 'confirmation')!
}

test('“This wasn’t me”: looking changes nothing, the button makes it final', async () => {
  const address = 'victim@example.com'
  const mail = await askedFor(address)
  const path = linkIn(mail, 'not-me')
  const before = await everyRow(room)
  const page = await request(path)
  expect(page.status).toBe(200)
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  const html = await page.text()
  expect(words(html)).toContain('Never write to this address again')
  expect(html).not.toContain(address)
  expect(await everyRow(room)).toBe(before)

  for (let time = 0; time < 2; time++) {
    const done = await press(room, path)
    expect(done.status).toBe(200)
    expect(words(await done.text())).toContain('We will not write to you again')
  }
  expect(await signUpStates(room, address)).toEqual(['objected'])
  expect((await suppressionsOf(services.db, services.keys, address)).map(one => one.cause)).toEqual([
    'objected',
  ])

  const refused = await press(room, linkIn(mail, 'confirm'))
  expect(refused.status).toBe(410)
  expect(words(await refused.text())).toContain('Nothing was confirmed')
  expect(await subscriptionsOf(room, address)).toEqual({})
})

test('whoever signs that address up again, no mail goes, until an owner lifts it', async () => {
  const address = 'victim@example.com'
  await letPass(room, '2 days')
  await subscribe(room, address)
  expect((await fetchMail(room)).filter(mail => mail.to === address)).toEqual([])
  const [suppression] = await suppressionsOf(services.db, services.keys, address)
  expect(await liftSuppression(services.db, suppression!.id)).toBeDefined()
  await letPass(room, '2 days')
  await join(room, address)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active' })
})

test('a confirmation that waits is taken back', async () => {
  const address = 'twice@example.com'
  const mail = await askedFor(address)
  await letPass(room, '11 minutes')
  await subscribe(room, address, { newsletters: ['leadership'] })
  await decide(room)
  await press(room, linkIn(mail, 'not-me'))
  expect((await fetchMail(room)).filter(one => one.to === address)).toEqual([])
})

test('a reader who objects is told what stops, keeps the subscription, and gets nothing', async () => {
  const address = 'reader@example.com'
  await join(room, address)
  await letPass(room, '1 hour')
  const mail = await askedFor(address, { newsletters: ['leadership'] })
  const morningBrief = [await newsletterId(room, 'morning-brief')]
  const before = await countAudience(services.db, { newsletterIds: morningBrief })
  const page = words(await (await request(linkIn(mail, 'not-me'))).text())
  expect(page).toContain('This address gets Morning Brief now: that stops too.')
  await press(room, linkIn(mail, 'not-me'))
  expect(await countAudience(services.db, { newsletterIds: morningBrief })).toBe(before - 1)
  expect(await subscriptionsOf(room, address)).toEqual({ 'morning-brief': 'active' })
  expect(await eventsOf(room, address)).toEqual(['asked', 'confirmed'])
})

test('objecting by the link of a sign-up that was confirmed holds too', async () => {
  const address = 'regret@example.com'
  const mail = await askedFor(address)
  await press(room, linkIn(mail, 'confirm'))
  expect((await press(room, linkIn(mail, 'not-me'))).status).toBe(200)
  expect((await suppressionsOf(services.db, services.keys, address)).map(one => one.cause)).toEqual([
    'objected',
  ])
  expect(await signUpStates(room, address)).toEqual(['confirmed'])
})

test('confirming and objecting at once ends without failure, and the objection holds', async () => {
  for (let round = 0; round < 5; round++) {
    const address = `both${round}@example.com`
    const mail = await askedFor(address)
    const answers = await Promise.all([
      press(room, linkIn(mail, 'confirm')),
      press(room, linkIn(mail, 'not-me')),
      press(room, linkIn(mail, 'confirm')),
    ])
    expect(answers.map(answer => answer.status).every(status => status === 200 || status === 410)).toBe(true)
    expect((await suppressionsOf(services.db, services.keys, address)).map(one => one.cause)).toEqual([
      'objected',
    ])
  }
})

test('removed, forged and foreign links do nothing, politely', async () => {
  const unknown = token(room, { purpose: 'objection', signUp: 999_999 })
  expect((await post(`/not-me/${unknown}`, {})).status).toBe(410)
  const foreign = token(room, { purpose: 'confirm', signUp: 1 })
  const before = await raw`select count(*)::int as count from suppressions`
  for (const path of [`/not-me/${foreign}`, '/not-me/1.o.1.AAAAAAAAAAAAAAAAAAAAAA', '/not-me/x'])
    expect((await post(path, {})).status).toBe(404)
  expect(await raw`select count(*)::int as count from suppressions`).toEqual(before)
})
