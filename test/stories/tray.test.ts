import { beforeEach, expect, test } from 'vitest'
import { saySent, sayStoryAge } from '../../src/domain/words/tray.ts'
import { addArticle, findArticle } from '../../src/store/articles.ts'
import { noteSentArticles } from '../../src/store/sent-articles.ts'
import { listTray } from '../../src/store/tray.ts'
import { foundTheLedger, publish } from '../site/publication.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
await foundTheLedger(here.services)
const writer = await signInAs(here, 'writer')
const story = (title: string, more: Partial<Parameters<typeof addArticle>[1]> = {}) =>
  addArticle(db, { title, url: `https://example.com/${encodeURIComponent(title)}`, ...more })
const titles = async (page: Parameters<typeof listTray>[1]) =>
  (await listTray(db, page)).map(one => one.title)
const textOf = async (path: string) => (await writer.get(path)).text()

beforeEach(() => here.raw`truncate articles, digests cascade`.then(() => {}))

test('the newest stand first, by when they were published, else came; pages are stable', async () => {
  const at = (day: number) => new Date(Date.UTC(2026, 2, day))
  for (const n of [3, 1, 5, 2, 4]) await story(`March ${n}`, { publishedAt: at(n) })
  for (const n of [1, 2, 3]) await story(`Same ${n}`, { publishedAt: at(3) })
  await story('Just written')
  const all = [
    'Just written',
    'March 5',
    'March 4',
    'Same 3',
    'Same 2',
    'Same 1',
    'March 3',
    'March 2',
    'March 1',
  ]
  expect(await titles({ limit: 20 })).toEqual(all)
  const paged: string[] = []
  for (let before: number | undefined; ; ) {
    const page = await listTray(db, { limit: 2, before })
    if (!page.length) break
    paged.push(...page.map(one => one.title))
    before = page.at(-1)!.id
  }
  expect(paged).toEqual(all)
})

test('each says when it was sent and in what, the last three times', async () => {
  const mill = await story('A mill')
  await story('Never sent')
  for (const [n, slug] of ['morning-brief', 'morning-brief', 'leadership', 'leadership'].entries()) {
    const startedAt = new Date(Date.UTC(2026, 2, 10 + n, 6, 30))
    const digest = await publish(here.services, { subject: 'x', newsletters: [slug], startedAt })
    const [dispatch] = await here.raw<
      { id: number }[]
    >`select id::int from dispatches where digest_id = ${digest}`
    await noteSentArticles(db, dispatch!.id, [mill.id])
  }
  const [sent] = await listTray(db, { limit: 1, search: 'A mill' })
  expect(sent!.sent.map(({ at, newsletter }) => [at.toISOString().slice(0, 10), newsletter])).toEqual([
    ['2026-03-13', 'Leadership'],
    ['2026-03-12', 'Leadership'],
    ['2026-03-11', 'Morning Brief'],
  ])
  const page = await textOf('/admin/stories?q=A+mill')
  expect(page).toMatch(/Sent on 13 March( 2026)? in Leadership/)
  expect(await textOf('/admin/stories?q=Never')).not.toContain('Sent on')
})

test('a search looks into headline, section and standfirst, and finds what was dismissed', async () => {
  await story('Eisenbahn in Öl', { section: 'Verkehr' })
  await story('A vote', { standfirst: 'The EU decides; “AI” waits.', dismissedAt: new Date() })
  await story('Museum')
  await story('Half of 100% is 50_')
  expect(await titles({ limit: 9, search: 'bahn' })).toEqual(['Eisenbahn in Öl'])
  expect(await titles({ limit: 9, search: 'VERKEHR' })).toEqual(['Eisenbahn in Öl'])
  expect(await titles({ limit: 9, search: 'decides' })).toEqual(['A vote'])
  // Two letters begin a word: "Museum" has both of these, inside.
  expect(await titles({ limit: 9, search: 'eu' })).toEqual(['A vote'])
  expect(await titles({ limit: 9, search: 'ai' })).toEqual(['A vote'])
  expect(await titles({ limit: 9, search: 'us' })).toEqual([])
  expect(await titles({ limit: 9, search: 'Öl' })).toEqual(['Eisenbahn in Öl'])
  expect(await titles({ limit: 9, search: '100%' })).toEqual(['Half of 100% is 50_'])
  expect(await titles({ limit: 9, search: '0_' })).toEqual(['Half of 100% is 50_'])
  expect(await titles({ limit: 9, search: '%%' })).toEqual([])
  expect(await titles({ limit: 9 })).not.toContain('A vote')
})

test('a story is put out and brought back where the editor was, and counts as nobody’s edit', async () => {
  const mill = await story('A mill')
  const gone = await writer.post(`/admin/stories/${mill.id}/dismiss`, { to: '/admin/stories?q=mill' })
  expect(gone.headers.get('location')).toBe(`/admin/stories?q=mill&dismissed=${mill.id}`)
  expect(await titles({ limit: 9 })).toEqual([])
  const notice = await textOf(gone.headers.get('location')!)
  expect(notice).toContain('“A mill” is out of the tray.')
  expect(notice).toContain(`action="/admin/stories/${mill.id}/restore"`)
  const back = await writer.post(`/admin/stories/${mill.id}/restore`, { to: gone.headers.get('location')! })
  expect(back.headers.get('location')).toBe(`/admin/stories?q=mill&restored=${mill.id}`)
  const after = (await findArticle(db, mill.id))!
  expect(after.updatedAt).toEqual(mill.updatedAt)
  expect(after.dismissedAt).toBeNull()
})

test('it comes back to no other site, and to no story that is not there', async () => {
  const mill = await story('A mill')
  for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', '/confirm/x', '']) {
    const answer = await writer.post(`/admin/stories/${mill.id}/dismiss`, { to })
    expect(answer.headers.get('location')).toBe(`/admin/stories?dismissed=${mill.id}`)
  }
  for (const id of ['0', 'x', '999999'])
    expect((await writer.post(`/admin/stories/${id}/dismiss`)).status).toBe(404)
  expect(await textOf('/admin/stories?dismissed=999999&restored=x')).not.toContain('class="notice')
})

test('sent and age are said in both languages', () => {
  const now = new Date('2026-03-20T12:00:00Z')
  const place = { zone: 'Europe/Berlin', now }
  const at = new Date('2026-03-12T06:30:00Z')
  expect(saySent({ at, newsletter: 'Daily' }, { ...place, language: 'en' })).toBe('Sent on 12 March in Daily')
  expect(saySent({ at, newsletter: 'Tag' }, { ...place, language: 'de' })).toBe('Versandt am 12. März in Tag')
  const old = new Date('2025-12-31T23:30:00Z')
  expect(saySent({ at: old, newsletter: 'Daily' }, { ...place, language: 'en' })).toBe(
    'Sent on 1 January in Daily',
  )
  const ages = (minutes: number) =>
    (['en', 'de'] as const).map(language =>
      sayStoryAge(
        { publishedAt: new Date(now.getTime() - minutes * 60_000), createdAt: now },
        { ...place, language },
      ),
    )
  expect(ages(0)).toEqual(['now', 'jetzt'])
  expect(ages(12)).toEqual(['12 minutes ago', 'vor 12 Minuten'])
  expect(ages(300)).toEqual(['5 hours ago', 'vor 5 Stunden'])
  expect(ages(1440)).toEqual(['yesterday', 'gestern'])
  expect(ages(3 * 1440)).toEqual(['3 days ago', 'vor 3 Tagen'])
  expect(ages(8 * 1440)).toEqual(['12 March', '12. März'])
  expect(ages(400 * 1440)).toEqual(['13 February 2025', '13. Februar 2025'])
})
