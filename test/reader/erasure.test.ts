import { expect, test } from 'vitest'
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts'
import { addressHash } from '../../src/domain/keys.ts'
import { removeNoticesOf } from '../../src/store/erasure.ts'
import { suppress, suppressionCauses } from '../../src/store/suppressions.ts'
import {
  fetchMail,
  join,
  letPass,
  linkIn,
  openLedger,
  press,
  readerId,
  subscribe,
  subscriptionsOf,
  token,
  words,
} from './readers.ts'

const room = await openLedger()
const { raw, request, post, services } = room

/** Every table that holds a text, as one: an address that stands anywhere is found. */
async function wholeDatabase(): Promise<string> {
  const tables =
    await raw`select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace`
  const rows = await Promise.all(
    tables.map(({ relname }) => raw.unsafe(`select t::text as row from "${relname}" t`)),
  )
  return rows
    .flat()
    .map(row => row.row)
    .join('\n')
    .toLowerCase()
}

const freshLink = async (address: string) =>
  `/preferences/${token(room, {
    purpose: 'preferences',
    subscriber: await readerId(room, address),
    expires: Math.floor(Date.now() / 1000) + 3600,
  })}`

test('erasing has its own page that says so, and leaves nothing of the address but its keyed hash', async () => {
  const address = 'forget@example.com'
  await join(room, address, { name: 'Forgetta' })
  const id = await readerId(room, address)
  await suppress(services.db, services.keys, {
    addressKey: address,
    cause: 'complained',
    evidence: { reply: address },
  })
  await raw`insert into digests default values`
  await raw`insert into dispatches (digest_id, state, transport, due_at, started_at, finished_at, intended, failed)
    values ((select max(id) from digests), 'finished', 'smtp', now(), now(), now(), 1, 1)`
  const [dispatch] = await raw`select max(id) as id from dispatches`
  await raw.unsafe(
    `create table deliveries_test partition of deliveries for values from (${dispatch!.id}) to (${Number(dispatch!.id) + 1})`,
  )
  await raw`insert into deliveries (dispatch_id, subscriber_id, newsletter_id, batch_id, state, reply)
    values (${dispatch!.id}, ${id}, 1, 1, 'failed', ${`550 5.1.1 <${address}> unknown`})`
  await post('/preferences', { email: address })
  await letPass(room, '1 hour')
  await subscribe(room, address)
  await fetchMail(room)
  await subscribe(room, address)
  expect(await wholeDatabase()).toContain(address)

  const path = await freshLink(address)
  const page = await request(`${path}/erase`)
  expect(words(await page.text())).toContain('You can’t undo this.')
  const done = await post(`${path}/erase`, {})
  expect(done.status).toBe(200)
  expect(words(await done.text())).toContain('Everything is erased')
  const left = await wholeDatabase()
  expect(left).not.toContain('forget@')
  expect(left).not.toContain('forgetta')
  const [row] = await raw`select state, reply, subscriber_id from deliveries`
  expect(row).toEqual({ state: 'failed', reply: null, subscriber_id: String(id) })
  const suppressions =
    await raw`select cause, address_key, address_hash, hash_version from suppressions order by cause::text`
  expect(suppressions.map(one => [one.cause, one.address_key, one.hash_version])).toEqual([
    ['complained', null, 1],
    ['erased', null, 1],
  ])
  const hash = Buffer.from(addressHash(services.keys, address))
  expect(suppressions.every(one => hash.equals(one.address_hash))).toBe(true)
  expect((await request(path)).status).toBe(410)
})

test('a former address goes too, unless it is another reader’s by now', async () => {
  await letPass(room, '1 day')
  for (const [name, next] of [
    ['former', 'present'],
    ['passed-on', 'kept'],
  ]) {
    await join(room, `${name}@example.com`)
    await post('/preferences', { email: `${name}@example.com` })
    await post(await freshLink(`${name}@example.com`), { do: 'address', email: `${next}@example.com` })
    const mail = (await fetchMail(room)).find(one => one.to === `${next}@example.com`)
    await press(room, linkIn(mail, 'new-address'))
  }
  await letPass(room, '1 day')
  await join(room, 'passed-on@example.com')
  expect(await wholeDatabase()).toContain('former@')
  expect(await eraseSubscriber(services, await readerId(room, 'present@example.com'))).toBe('erased')
  expect(await eraseSubscriber(services, await readerId(room, 'kept@example.com'))).toBe('erased')
  const left = await wholeDatabase()
  for (const gone of ['former@', 'present@', 'kept@']) expect(left).not.toContain(gone)
  expect(await subscriptionsOf(room, 'passed-on@example.com')).toEqual({ 'morning-brief': 'active' })
  expect(left).toContain('passed-on@example.com')
})

test('who erased everything can sign up again; who complained before can not', async () => {
  await letPass(room, '1 day')
  await join(room, 'back@example.com')
  const first = await readerId(room, 'back@example.com')
  expect(await eraseSubscriber(services, first)).toBe('erased')
  expect(await suppressionCauses(services.db, services.keys, 'back@example.com')).toEqual(['erased'])
  await letPass(room, '1 day')
  await join(room, 'back@example.com')
  expect(await subscriptionsOf(room, 'back@example.com')).toEqual({ 'morning-brief': 'active' })
  expect(await readerId(room, 'back@example.com')).toBeGreaterThan(first)
  expect(await suppressionCauses(services.db, services.keys, 'back@example.com')).toEqual([])

  await subscribe(room, 'forget@example.com')
  expect((await fetchMail(room)).filter(mail => mail.to === 'forget@example.com')).toEqual([])
})

test('erasing twice, and nobody', async () => {
  await letPass(room, '1 day')
  await join(room, 'twice@example.com')
  const id = await readerId(room, 'twice@example.com')
  const outcomes = await Promise.all([eraseSubscriber(services, id), eraseSubscriber(services, id)])
  expect(outcomes.sort()).toEqual(['erased', 'unknown'])
  expect(await eraseSubscriber(services, 999_999)).toBe('unknown')
  const causes = await suppressionCauses(services.db, services.keys, 'twice@example.com')
  expect(causes).toEqual(['erased'])
})

test('confirming, asking and erasing at once ends without failure', async () => {
  for (let round = 0; round < 5; round++) {
    const address = `race${round}@example.com`
    await letPass(room, '1 day')
    await join(room, address)
    const id = await readerId(room, address)
    await letPass(room, '1 hour')
    await subscribe(room, address, { newsletters: ['leadership'] })
    const path = linkIn(
      (await fetchMail(room)).find(mail => mail.to === address),
      'confirm',
    )
    await subscribe(room, address, { newsletters: ['white-papers'] })
    const [erased, confirmed, object] = await Promise.all([
      eraseSubscriber(services, id),
      press(room, path),
      fetchMail(room),
    ])
    expect(erased).toBe('erased')
    expect([200, 410]).toContain(confirmed.status)
    expect(object).toBeDefined()
    const [reader] = await raw`select id from subscribers where address_key = ${address}`
    if (reader) expect(Number(reader.id)).toBeGreaterThan(id)
  }
})

test('a reader’s notices are found by index, by reader and by address', async () => {
  const { sql, params } = removeNoticesOf(services.db, { id: 1, addressKey: 'x@example.com' }).toSQL()
  const plan = await raw.begin(tx => [
    tx`set local enable_seqscan = off`,
    tx.unsafe(`explain ${sql}`, params as never),
  ])
  const text = plan[1]!.map(row => row['QUERY PLAN']).join('\n')
  expect(text).toContain('notices_recipient')
  expect(text).toContain('notices_subscriber')
})
