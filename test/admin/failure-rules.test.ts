import { expect, test } from 'vitest'
import { readPublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
const owner = await signInAs(here, 'owner')

const good = { failureShare: '12', failureLeast: '1,000', unknownPolicy: 'hold', ledgerDays: '365' }
const save = (change: Record<string, string> = {}) =>
  owner.post('/admin/settings/delivery/failures', { ...good, ...change })
const typedIn = (html: string, name: string) =>
  new RegExp(`<input id="${name}"[^>]* value="([^"]*)"`).exec(html)?.[1]

test('an owner rules what happens when sending fails, and finds it again', async () => {
  const fresh = await (await owner.get('/admin/settings/delivery')).text()
  expect(['failureShare', 'failureLeast', 'ledgerDays'].map(name => typedIn(fresh, name))).toEqual([
    '5',
    '200',
    '90',
  ])
  expect(fresh).toMatch(/value="retry" checked/)

  const before = await readPublication(db)
  const answer = await save()
  expect([answer.status, answer.headers.get('location')]).toEqual([
    303,
    '/admin/settings/delivery?done=saved',
  ])
  expect(await readPublication(db)).toEqual({
    ...before,
    ...{ failureShare: 12, failureLeast: 1000, unknownPolicy: 'hold', ledgerDays: 365 },
    updatedAt: expect.any(Date),
  })
  const html = await (await owner.get('/admin/settings/delivery?done=saved')).text()
  expect(html).toMatch(/value="hold" checked/)
  expect(typedIn(html, 'failureLeast')).toBe('1000')
  expect((await save({ failureShare: '100', failureLeast: '1', ledgerDays: '7' })).status).toBe(303)
  expect((await save({ failureShare: '1', failureLeast: '1000000', ledgerDays: '3650' })).status).toBe(303)
})

test.each([
  ['failureShare', '0', 'A whole number from 1 to 100.'],
  ['failureShare', '101', 'A whole number from 1 to 100.'],
  ['failureShare', '2.5', 'A whole number from 1 to 100.'],
  ['failureShare', '5 %', 'A whole number from 1 to 100.'],
  ['failureLeast', '0', 'A whole number from 1 to 1,000,000.'],
  ['failureLeast', '99999999999', 'A whole number from 1 to 1,000,000.'],
  ['failureLeast', '', 'Please fill this in.'],
  ['unknownPolicy', 'drop', 'can’t be taken'],
  ['ledgerDays', '6', 'A whole number from 7 to 3,650.'],
  ['ledgerDays', '3651', 'A whole number from 7 to 3,650.'],
  ['ledgerDays', '１２', 'A whole number from 7 to 3,650.'],
])('%s of %j is refused at its field, and the form comes back filled', async (field, value, words) => {
  const before = await readPublication(db)
  const answer = await save({ [field]: value })
  expect(answer.status).toBe(422)
  const html = await answer.text()
  expect(new RegExp(`id="${field}-error">([^<]*)<`).exec(html)?.[1]).toContain(words)
  expect(html.match(/class="error"/g)).toHaveLength(1)
  const { unknownPolicy, ...typed } = { ...good, [field]: value }
  for (const [name, text] of Object.entries(typed)) expect([name, typedIn(html, name)]).toEqual([name, text])
  if (unknownPolicy === 'hold') expect(html).toMatch(/value="hold" checked/)
  expect(await readPublication(db)).toEqual(before)
})
