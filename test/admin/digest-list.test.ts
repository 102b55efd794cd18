import { expect, test } from 'vitest'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { raw } = here
const editor = await signInAs(here, 'editor')

const subjects = (page: string) =>
  [...page.matchAll(/<a href="\/admin\/digests\/\d+">([^<]+)<\/a>/g)].map(match => match[1]!)

/** What all pages of the list name, from the first on, by their links to older ones. */
async function listed(path = '/admin/digests'): Promise<string[]> {
  const page = await (await editor.get(path)).text()
  const older = /href="(\/admin\/digests\?before=[^"]+)"/.exec(page)?.[1]
  return [...subjects(page), ...(older ? await listed(older) : [])]
}

async function add(subject: string, changed: string, dispatch?: { due: string; state: string }) {
  const [row] =
    await raw`insert into digests (subject, updated_at) values (${subject}, ${changed}) returning id`
  if (!dispatch) return
  const ended = dispatch.state === 'finished' ? dispatch.due : null
  await raw`insert into dispatches (digest_id, state, transport, due_at, started_at, finished_at)
    values (${row!.id}, ${dispatch.state}::dispatch_state, 'mailbox', ${dispatch.due}, ${ended}, ${ended})`
}

test('one is begun from the last edition where there is one', async () => {
  const offersLast = async () => (await (await editor.get('/admin/digests')).text()).includes('/from-last')
  expect(await offersLast()).toBe(false)
  await add('a draft', '2026-01-01')
  expect(await offersLast()).toBe(false)
  await add('an edition', '2026-01-01', { due: '2026-01-02', state: 'finished' })
  expect(await offersLast()).toBe(true)
  await raw`delete from dispatches`
  await raw`delete from digests`
})

test('the newest stand first by what the list shows as their time, over all pages', async () => {
  await add('sent last', '2026-01-01', { due: '2026-06-02', state: 'finished' })
  await add('planned', '2026-01-02', { due: '2026-06-09', state: 'scheduled' })
  await add('changed now', '2026-06-05')
  await add('sent long ago', '2026-06-20', { due: '2026-01-03', state: 'finished' })
  await add('changed long ago', '2026-01-02')
  expect(await listed()).toEqual(['planned', 'changed now', 'sent last', 'sent long ago', 'changed long ago'])

  // More than two pages of one moment: only their ids tell them apart.
  for (let at = 0; at < 110; at++) await add(`twin ${at}`, '2026-03-01T00:00:00.123Z')
  expect(await listed()).toEqual([
    'planned',
    'changed now',
    'sent last',
    ...Array.from({ length: 110 }, (_, at) => `twin ${109 - at}`),
    'sent long ago',
    'changed long ago',
  ])
})

test('what changes or goes between two pages takes no other digest along', async () => {
  const first = await (await editor.get('/admin/digests')).text()
  const older = /href="(\/admin\/digests\?before=[^"]+)"/.exec(first)![1]!
  const expected = subjects(await (await editor.get(older)).text())
  await raw`delete from digests where subject = ${subjects(first).at(-1)!}`
  expect(subjects(await (await editor.get(older)).text())).toEqual(expected)
})
