import { expect, test } from 'vitest'
import { addDigest, saveDigest, stepThroughVersions } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { addEditor } from '../../src/store/editors.ts'
import { openTestApp } from '../support/app.ts'

const { services, raw } = await openTestApp()
const { db } = services
const editor = async (name: string) =>
  (await addEditor(db, {
    address: `${name}@example.com`,
    addressKey: `${name}@example.com`,
    name,
    role: 'writer',
    language: 'en',
  }))!.id
const [ana, ben] = [await editor('ana'), await editor('ben')]

const begin = () => addDigest(db, { subject: 'Start', preheader: '', blocks: [], newsletterIds: [] })
const subject = async (id: number) => (await findDigest(db, id))!.subject
const step = async (id: number, direction: 'undo' | 'redo') => {
  expect(await stepThroughVersions(db, id, direction, { by: ana })).toMatchObject({ kind: 'saved' })
  return subject(id)
}

test('each save is a step back and forth, and a new one ends what was undone', async () => {
  const id = await begin()
  for (const text of ['One', 'Two', 'Three']) await saveDigest(db, id, { subject: text }, { by: ana })
  expect([
    await step(id, 'undo'),
    await step(id, 'undo'),
    await step(id, 'undo'),
    await step(id, 'undo'),
  ]).toEqual(['Two', 'One', 'Start', 'Start'])
  expect([await step(id, 'redo'), await step(id, 'redo')]).toEqual(['One', 'Two'])
  await saveDigest(db, id, { subject: 'Other' }, { by: ana })
  expect(await step(id, 'redo')).toBe('Other')
  expect(await step(id, 'undo')).toBe('Two')
})

test('typing that goes on is one step; a pause, another editor or another kind of step is one more', async () => {
  const id = await begin()
  const type = (text: string, by = ana) => saveDigest(db, id, { subject: text }, { by, typing: true })
  await type('H')
  await type('He')
  await type('Hel')
  expect(await step(id, 'undo')).toBe('Start')
  await step(id, 'redo')
  await type('Help')
  await type('Theirs', ben)
  expect(await step(id, 'undo')).toBe('Help')
  await step(id, 'redo')
  await raw`update digest_versions set saved_at = saved_at - interval '6 seconds' where digest_id = ${id}`
  await type('Later', ben)
  expect(await step(id, 'undo')).toBe('Theirs')
})

test('what changes nothing is no step, and an undo of an older page is refused', async () => {
  const id = await begin()
  await saveDigest(db, id, { subject: 'One', blocks: [{ type: 'heading', text: 'a' }] }, { by: ana })
  const { revision } = (await findDigest(db, id))!
  expect(await saveDigest(db, id, { blocks: [{ text: 'a', type: 'heading' }] }, { by: ben })).toEqual({
    kind: 'saved',
    revision,
    changed: false,
  })
  expect(await stepThroughVersions(db, id, 'undo', { revision: revision - 1, by: ana })).toEqual({
    kind: 'changed-meanwhile',
  })
  expect(await step(id, 'undo')).toBe('Start')
})

test('the last 50 steps can be undone, and no more are kept', async () => {
  const id = await begin()
  for (let count = 1; count <= 60; count++) await saveDigest(db, id, { subject: String(count) }, { by: ana })
  const [row] = await raw`select count(*)::int from digest_versions where digest_id = ${id}`
  expect(row!.count).toBe(51)
  for (let count = 0; count < 60; count++) await step(id, 'undo')
  expect(await subject(id)).toBe('10')
})
