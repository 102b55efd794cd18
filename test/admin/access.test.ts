import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { becomeOwner, firstOwnerLink } from '../../src/actions/first-owner.ts'
import { editorLink } from '../../src/actions/sign-in.ts'
import { parseEmailAddress } from '../../src/domain/email-address.ts'
import { workspacePath } from '../../src/domain/workspace-path.ts'
import { addEditor, deleteEditor } from '../../src/store/editors.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { cookieOf, mailedLinks, pathOf } from '../support/sign-in-links.ts'

const here = await openTestApp()
const { services, request, post } = here
const { db } = services

const typed = (address: string) => {
  const reading = parseEmailAddress(address)
  if (reading.kind === 'refused') throw new Error(address)
  return reading.address
}

const hire = async (name: string, role: 'owner' | 'editor' | 'writer' = 'writer', at: TestApp = here) => {
  const address = `${name}@example.com`
  return (await addEditor(at.services.db, { address, addressKey: address, name, role }))!
}

const opens = async (cookie: string, at: TestApp = here) =>
  (await at.request('/admin/settings/you', { headers: { cookie } })).status === 200

test('the first owner comes in by the printed link, once', async () => {
  const own = await openTestApp()
  const void1 = pathOf((await firstOwnerLink(own.services))!)
  const path = pathOf((await firstOwnerLink(own.services))!)
  expect((await own.request(void1)).status).toBe(404)
  const page = await own.request(path)
  expect(await page.text()).toContain('Become the owner')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('x-robots-tag')).toBe('noindex')

  const faulty = await own.post(path, { name: '', email: 'ana@' })
  expect(faulty.status).toBe(422)
  const kept = await faulty.text()
  expect(kept).toContain('value="ana@"')
  expect(kept).toContain('Please give a name')
  expect(kept).toContain('not an e-mail address')

  const answer = await own.post(path, { name: 'Ana', email: 'ana@example.com' })
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/admin'])
  expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Lax/)
  expect(await opens(cookieOf(answer), own)).toBe(true)
  expect((await own.post(path, { name: 'Eve', email: 'eve@example.com' })).status).toBe(410)
  expect(await firstOwnerLink(own.services)).toBeUndefined()
})

test('of twenty who press the first owner’s button at once, one becomes the owner', async () => {
  const own = await openTestApp()
  const path = pathOf((await firstOwnerLink(own.services))!)
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, i) => own.post(path, { name: `N${i}`, email: `n${i}@example.com` })),
  )
  expect(answers.map(answer => answer.status).sort()).toEqual([303, ...Array(19).fill(410)])
  const [row] = await own.services.db.execute<{ count: number }>(sql`select count(*)::int from editors`)
  expect(row!.count).toBe(1)
})

test('the first owner’s link is void once there is an owner by another way', async () => {
  const own = await openTestApp()
  const path = pathOf((await firstOwnerLink(own.services))!)
  await hire('zoe', 'owner', own)
  expect((await own.request(path)).status).toBe(410)
  const outcome = await becomeOwner(
    own.services,
    path.split('/').at(-1)!,
    { address: typed('eve@example.com'), name: 'Eve' },
    '',
  )
  expect(outcome).toEqual({ kind: 'void' })
})

test('a stranger is led to the sign-in and back to the page that they asked for', async () => {
  await hire('bo', 'owner')
  const asked = await request('/admin/newsletters?x=1')
  expect([asked.status, asked.headers.get('location')]).toEqual([
    303,
    '/admin/sign-in?next=%2Fadmin%2Fnewsletters%3Fx%3D1',
  ])
  const form = await (await request(asked.headers.get('location')!)).text()
  expect(form).toContain('name="next" value="/admin/newsletters?x=1"')
  const sent = await post('/admin/sign-in', { email: ' BO@example.com', next: '/admin/newsletters?x=1' })
  expect(sent.headers.get('location')).toBe('/admin/sign-in?asked')

  const [path] = await mailedLinks(here, 'bo@example.com')
  expect(await (await request(path!)).text()).toContain('You are signing in as bo.')
  const entered = await post(path!, {}, { cookie: cookieOf(sent) })
  expect([entered.status, entered.headers.get('location')]).toEqual([303, '/admin/newsletters?x=1'])
  expect(await opens(cookieOf(entered))).toBe(true)
})

test('looking at a link, however often, uses nothing up', async () => {
  await hire('cy')
  await post('/admin/sign-in', { email: 'cy@example.com' })
  const [path] = await mailedLinks(here, 'cy@example.com')
  for (const method of ['GET', 'HEAD', 'GET', 'OPTIONS']) {
    const look = await request(path!, { method })
    expect(look.headers.get('set-cookie')).toBeNull()
  }
  expect((await post(path!, {})).status).toBe(303)
  const again = await post(path!, {})
  expect(again.status).toBe(410)
  expect(await again.text()).toContain('This link was used')
})

test('of two who press a link’s button at once, one comes in', async () => {
  await hire('di')
  await post('/admin/sign-in', { email: 'di@example.com' })
  const [path] = await mailedLinks(here, 'di@example.com')
  const answers = await Promise.all(Array.from({ length: 8 }, () => post(path!, {})))
  expect(answers.filter(answer => answer.status === 303)).toHaveLength(1)
})

test('a mailed link is good for an hour, a printed one for a day', async () => {
  const editor = await hire('ed')
  await post('/admin/sign-in', { email: 'ed@example.com' })
  const [mailed] = await mailedLinks(here, 'ed@example.com')
  const printed = pathOf((await editorLink(services, typed('ed@example.com')))!)
  const age = (minutes: number) =>
    db.execute(sql`update sign_in_links set expires_at = expires_at - make_interval(mins => ${minutes}::int)
      where editor_id = ${editor.id}`)
  await age(59)
  expect((await request(mailed!)).status).toBe(200)
  await age(2)
  const late = await post(mailed!, {})
  expect(late.status).toBe(410)
  expect(await late.text()).toContain('This link is too old')
  await age(24 * 60 - 63)
  expect((await request(printed)).status).toBe(200)
  await age(2)
  expect((await request(printed)).status).toBe(410)
})

test('a link that nobody made gets a helpful page', async () => {
  const answer = await request(`/admin/sign-in/${'x'.repeat(300)}`)
  expect(answer.status).toBe(404)
  const page = await answer.text()
  expect(page).toContain('We don’t know this link')
  expect(page).toContain('Mail me a link')
  expect(await editorLink(services, typed('nobody@example.com'))).toBeUndefined()
})

test('nobody learns who works here, and five links an hour are the most', async () => {
  await hire('fay')
  const answer = async (email: string) => {
    const { status, headers } = await post('/admin/sign-in', { email })
    return [status, headers.get('location'), headers.get('set-cookie')]
  }
  const stranger = await answer('stranger@example.com')
  const editors = await Promise.all(Array.from({ length: 8 }, () => answer('fay@example.com')))
  for (const one of editors) expect(one).toEqual(stranger)
  expect(await mailedLinks(here, 'fay@example.com')).toHaveLength(5)
  expect(await mailedLinks(here, 'stranger@example.com')).toHaveLength(0)
})

test('a session slides, and ends after thirty days, at the sign-out, everywhere, and with the editor', async () => {
  const editor = await hire('gus')
  const enter = async () =>
    cookieOf(await post(pathOf((await editorLink(services, typed('gus@example.com')))!), {}))
  const age = (days: number) =>
    db.execute(sql`update sessions set expires_at = expires_at - make_interval(days => ${days}::int),
      last_seen_at = last_seen_at - make_interval(days => ${days}::int) where editor_id = ${editor.id}`)

  const first = await enter()
  await age(29)
  const renewed = await request('/admin/settings/you', { headers: { cookie: first } })
  expect(renewed.headers.get('set-cookie')).toContain('Max-Age=2592000')
  await age(29)
  expect(await opens(first)).toBe(true)
  await age(31)
  expect(await opens(first)).toBe(false)

  const [second, third] = [await enter(), await enter()]
  expect((await post('/admin/sign-out', {}, { cookie: second })).status).toBe(303)
  expect([await opens(second), await opens(third)]).toEqual([false, true])
  const fourth = await enter()
  await post('/admin/settings/you/sign-out-everywhere', {}, { cookie: fourth })
  expect([await opens(third), await opens(fourth)]).toEqual([false, false])

  const last = await enter()
  expect(await deleteEditor(db, editor.id)).toMatchObject({ kind: 'done' })
  expect(await opens(last)).toBe(false)
})

test('of the sessions one ends, or all others, and the list says which one is here', async () => {
  const editor = await hire('ola')
  const enter = async (agent: string) =>
    cookieOf(
      await post(
        pathOf((await editorLink(services, typed('ola@example.com')))!),
        {},
        { 'user-agent': agent },
      ),
    )
  const [here, there, elsewhere] = [
    await enter('Mozilla/5.0 (X11; Linux) Firefox/140.0'),
    await enter('Mozilla/5.0 (iPhone) Version/19 Safari/600'),
    await enter('Mozilla/5.0 (Windows) Edg/140.0'),
  ]
  const page = async () => (await request('/admin/settings/you', { headers: { cookie: here! } })).text()
  const rows = (await page()).match(/<tr>.*?<\/tr>/gs)!
  expect(rows.find(row => row.includes('Firefox · Linux'))).toContain('This browser')
  expect(rows.find(row => row.includes('Firefox · Linux'))).not.toContain('/end')
  const end = /action="(\/admin\/settings\/you\/sessions\/\d+\/end)"/.exec(
    rows.find(row => row.includes('Safari · iPhone'))!,
  )![1]!
  const ended = await post(end, {}, { cookie: here! })
  expect(ended.headers.get('location')).toBe('/admin/settings/you?done=session-ended')
  expect([await opens(here!), await opens(there!), await opens(elsewhere!)]).toEqual([true, false, true])
  await post('/admin/settings/you/sessions/others/end', {}, { cookie: here! })
  expect([await opens(here!), await opens(elsewhere!)]).toEqual([true, false])
  expect(await page()).not.toContain('Sign out everywhere else')
  expect(editor.role).toBe('writer')
})

test('of a session only its hash is kept', async () => {
  await hire('hal')
  const cookie = cookieOf(await post(pathOf((await editorLink(services, typed('hal@example.com')))!), {}))
  const secret = cookie.split('=')[1]!
  expect(secret).toHaveLength(43)
  const rows = await db.execute(
    sql`select encode(hash, 'escape') as text, encode(hash, 'base64') as base from sessions`,
  )
  expect(JSON.stringify(rows)).not.toContain(secret)
})

test('over https the cookie is the host’s own', async () => {
  const secure = await openTestApp({
    env: {
      PUBLIC_URL: 'https://news.example.com',
      SMTP_URL: 'smtp://localhost:25',
      SECRET_KEY: 'k'.repeat(32),
    },
  })
  await hire('ida', 'owner', secure)
  const path = pathOf((await editorLink(secure.services, typed('ida@example.com')))!)
  const answer = await secure.post(path, {})
  expect(answer.headers.get('set-cookie')).toMatch(
    /^__Host-broadsheet=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  )
  expect(await opens(cookieOf(answer), secure)).toBe(true)
  expect(await opens(cookieOf(answer).replace('__Host-', ''), secure)).toBe(false)
})

test('the way back leads nowhere but into the workspace', () => {
  const hostile = [
    'https://evil.example/',
    '//evil.example/admin',
    '/\\evil.example',
    '/admin/../../evil',
    '/admin/..//evil.example',
    '/administrator',
    '/admin\n/x',
    'javascript:alert(1)',
    '/subscribe',
    '/admin/sign-in',
    '/admin/sign-out',
    '',
    undefined,
  ]
  for (const next of hostile) expect([next, workspacePath(next)]).toEqual([next, undefined])
  expect(workspacePath('/admin/digests/7?tab=preview')).toBe('/admin/digests/7?tab=preview')
})

test('what another site sends is refused, before anything is read', async () => {
  await hire('jo')
  const cookie = cookieOf(await post(pathOf((await editorLink(services, typed('jo@example.com')))!), {}))
  const send = async (headers: Record<string, string>, path = '/admin/settings/you') => {
    const body = new URLSearchParams({ name: 'Mallory' })
    return (await request(path, { method: 'POST', body, headers: { cookie, ...headers } })).status
  }
  expect(await send({ 'sec-fetch-site': 'cross-site' })).toBe(403)
  expect(await send({ 'sec-fetch-site': 'same-site', origin: 'http://localhost:3000' })).toBe(403)
  expect(await send({ origin: 'https://evil.example' })).toBe(403)
  expect(await send({ origin: 'null' })).toBe(403)
  expect(await send({})).toBe(403)
  const page = await (await request('/admin/settings/you', { headers: { cookie } })).text()
  expect(page).not.toContain('Mallory')

  expect(await send({ 'sec-fetch-site': 'same-origin' })).toBe(303)
  expect(await send({ 'sec-fetch-site': 'none' })).toBe(303)
  expect(await send({ origin: 'http://localhost:3000' })).toBe(303)
  // A page with a token says no more than that over plain http; its secret is what guards it.
  expect(await send({ origin: 'null' }, '/admin/sign-in/unknown')).toBe(404)
  expect(await send({ origin: 'null' }, '/admin/sign-in')).toBe(403)
})

test('a form that comes too late, or too large, says so', async () => {
  const late = await post('/admin/newsletters', { name: 'x' })
  expect(late.status).toBe(401)
  expect(await late.text()).toContain('You are signed out')
  await hire('kim')
  const cookie = cookieOf(await post(pathOf((await editorLink(services, typed('kim@example.com')))!), {}))
  const large = await post('/admin/settings/you', { name: 'x'.repeat(20_000_000) }, { cookie })
  expect(large.status).toBe(413)
  expect((await post('/admin/sign-in', { email: 'x'.repeat(2_000_000) })).status).toBe(413)
})

test('the workspace speaks the editor’s language, else the browser’s', async () => {
  await hire('lea')
  const cookie = cookieOf(await post(pathOf((await editorLink(services, typed('lea@example.com')))!), {}))
  const page = async (headers: Record<string, string> = {}) =>
    (await request('/admin/settings/you', { headers: { cookie, ...headers } })).text()
  expect(await page({ 'accept-language': 'de-AT,en;q=0.5' })).toContain('Wo Sie angemeldet sind')
  expect(await page()).toContain('Where you are signed in')
  await post('/admin/settings/you', { name: 'Lea', language: 'de' }, { cookie })
  expect(await page({ 'accept-language': 'en' })).toContain('Wo Sie angemeldet sind')
  const refused = await post('/admin/settings/you', { name: 'a\r\nb', language: 'fr' }, { cookie })
  expect(refused.status).toBe(422)
  expect(await refused.text()).toContain('Das muss eine Zeile sein')
})
