import { expect, test } from 'vitest'
import { inviteEditor } from '../../src/actions/invite-editor.ts'
import { parseEmailAddress } from '../../src/domain/email-address.ts'
import { addEditor, changeRole, deleteEditor, listEditors } from '../../src/store/editors.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'
import { cookieOf, mailedLinks } from '../support/sign-in-links.ts'

const page = '/admin/settings/editors'

test('an owner invites somebody, who comes in by the mail', async () => {
  const here = await openTestApp()
  const owner = await signInAs(here, 'owner')
  const answer = await owner.post(page, {
    name: 'Bo <b>',
    email: 'Bo@Example.com',
    role: 'writer',
    language: 'de',
  })
  expect(answer.status).toBe(303)
  const list = await (await owner.get(answer.headers.get('location')!)).text()
  expect(list).toContain('Bo &lt;b&gt; is invited')
  expect(list).not.toContain('<b>')
  const [path] = await mailedLinks(here, 'Bo@example.com')
  const entered = await here.post(path!, {})
  const cookie = cookieOf(entered)
  expect(await (await here.request('/admin/settings/you', { headers: { cookie } })).text()).toContain(
    'Ihre Rolle: Autor',
  )

  const again = await owner.post(page, { name: 'Bo', email: 'bo@example.com', role: 'owner' })
  expect(again.status).toBe(422)
  expect(await again.text()).toContain('belongs to an editor already')
  expect((await listEditors(here.services.db)).find(editor => editor.name === 'Bo <b>')?.role).toBe('writer')

  const faulty = await owner.post(page, {
    name: 'x'.repeat(201),
    email: 'a\r\nBcc: b@example.com',
    role: 'king',
  })
  expect(faulty.status).toBe(422)
  const kept = await faulty.text()
  expect(kept).toContain('at most 200 characters')
  expect(kept).toContain('not an e-mail address')
  expect(kept.match(/class="error"/g)).toHaveLength(3)
})

test('an invitation by the command line mails a link too', async () => {
  const here = await openTestApp()
  const reading = parseEmailAddress('cy@example.com')
  if (reading.kind === 'refused') throw new Error()
  const invitation = { address: reading.address, name: 'Cy', role: 'editor' as const }
  expect(await inviteEditor(here.services, invitation)).toMatchObject({ kind: 'invited' })
  expect(await inviteEditor(here.services, invitation)).toEqual({ kind: 'known' })
  expect(await mailedLinks(here, 'cy@example.com')).toHaveLength(1)
})

test('a role counts from the next click on, and whoever is removed is out at once', async () => {
  const here = await openTestApp()
  const owner = await signInAs(here, 'owner')
  const editor = await signInAs(here, 'editor')
  const { id } = (await listEditors(here.services.db)).find(one => one.address === editor.address)!
  expect((await editor.get('/admin/readers/suppressed')).status).toBe(200)
  await owner.post(`${page}/${id}/role`, { role: 'writer' })
  expect((await editor.get('/admin/readers/suppressed')).status).toBe(403)

  const question = await (await owner.get(`${page}/${id}/remove`)).text()
  expect(question).toContain('Remove editor?')
  expect((await editor.get('/admin/readers')).status).toBe(200)
  expect((await owner.post(`${page}/${id}/remove`)).status).toBe(303)
  expect((await editor.get('/admin/readers')).status).toBe(303)
  expect((await owner.post(`${page}/${id}/remove`)).status).toBe(404)
})

test('the last owner stays, by whichever way', async () => {
  const here = await openTestApp()
  const owner = await signInAs(here, 'owner')
  const [{ id } = { id: 0 }] = await listEditors(here.services.db)
  for (const [path, fields] of [
    [`${page}/${id}/remove`, {}],
    [`${page}/${id}/role`, { role: 'writer' }],
  ] as const) {
    const answer = await owner.post(path, fields)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('The last owner stays an owner')
  }
  await owner.post(`${page}/${id}/role`, { role: 'owner' })
  expect((await listEditors(here.services.db))[0]?.role).toBe('owner')

  // With a second owner the first may go down, and finds their own page.
  await signInAs(here, 'owner')
  const down = await owner.post(`${page}/${id}/role`, { role: 'editor' })
  expect(down.headers.get('location')).toBe('/admin/settings/you')
})

test('two owners who remove each other at the same moment leave one', async () => {
  const { services } = await openTestApp()
  const hire = (name: string) =>
    addEditor(services.db, { address: name, addressKey: name, name, role: 'owner' })
  for (let round = 0; round < 10; round++) {
    const [one, two] = [await hire(`one${round}@example.com`), await hire(`two${round}@example.com`)]
    const outcomes = await Promise.all([
      deleteEditor(services.db, one!.id),
      changeRole(services.db, two!.id, 'writer'),
    ])
    expect(outcomes.map(outcome => outcome.kind).sort()).toEqual(['done', 'last-owner'])
    const owners = (await listEditors(services.db)).filter(editor => editor.role === 'owner')
    expect(owners).toHaveLength(1)
    await services.db.execute('delete from editors')
  }
})
