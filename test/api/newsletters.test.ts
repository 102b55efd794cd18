import { expect, test } from 'vitest'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'

const here = await openTestApp()
const owner = await clientOf(here, 'owner')

const add = (slug: string, hours: object = {}) =>
  owner('POST', '/newsletters', { slug, name: slug, timeZone: 'Europe/Berlin', ...hours })

test('sending hours come back as they were given; without them it is always', async () => {
  const hours = { sendsFrom: '06:30', sendsUntil: '20:00' }
  expect((await add('morning', hours)).body).toMatchObject(hours)
  expect((await add('any')).body).toMatchObject({ sendsFrom: null, sendsUntil: null })
  expect((await add('none', { sendsFrom: null, sendsUntil: null })).status).toBe(201)
  const { items } = (await owner('GET', '/newsletters')).body
  expect(items[0]).toMatchObject({ slug: 'morning', ...hours })
})

test.each([
  [{ sendsFrom: '06:30' }, '/sendsUntil'],
  [{ sendsUntil: '06:30' }, '/sendsFrom'],
  [{ sendsFrom: '06:30', sendsUntil: '06:30' }, '/sendsUntil'],
  [{ sendsFrom: '6:30', sendsUntil: '20:00' }, '/sendsFrom'],
  [{ sendsFrom: '06:30', sendsUntil: '24:00' }, '/sendsUntil'],
  [{ sendsFrom: '06:30', sendsUntil: 20 }, '/sendsUntil'],
])('%j are no hours', async (hours, pointer) => {
  const { status, body } = await add('wrong', hours)
  expect(status).toBe(422)
  expect(body.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer])
})
