import { expect, test } from 'vitest'
import { giveRole, removeEditor } from '../../src/actions/change-editor.ts'
import { composeNotice } from '../../src/actions/compose-notice.ts'
import { createKey } from '../../src/actions/create-key.ts'
import { eraseSubscriber } from '../../src/actions/erase-subscriber.ts'
import { inviteEditor } from '../../src/actions/invite-editor.ts'
import { editorLink } from '../../src/actions/sign-in.ts'
import { atTheCommandLine } from '../../src/domain/access-event.ts'
import { parseEmailAddress } from '../../src/domain/email-address.ts'
import { listAccess } from '../../src/store/access-log.ts'
import { findEditorByAddress, updateEditor } from '../../src/store/editors.ts'
import type { Notice } from '../../src/store/notices.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp, type TestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'
import { furnish, secretReader } from './whole-house.ts'

const logOf = async ({ services }: TestApp) =>
  (await listAccess(services.db, { limit: 100 })).map(({ event }) => event)

/** Who was told of what, in the order of the outbox; the mails waiting now are forgotten. */
async function told({ raw }: TestApp): Promise<string[]> {
  const rows = await raw`delete from notices where kind = 'access' returning id, recipient`
  return rows.sort((a, b) => a.id - b.id).map(row => row.recipient)
}

async function house() {
  const here = await openTestApp({ env: { SMTP_URL: 'smtp://127.0.0.1:9' } })
  const [owner, second] = [await signInAs(here, 'owner'), await signInAs(here, 'owner')]
  const rooms = await furnish(here)
  const [{ max } = { max: 0 }] = await here.raw`select max(id) as max from access_log`
  await told(here)
  const since = async () =>
    (await listAccess(here.services.db, { limit: 100 }))
      .filter(({ id }) => id > Number(max))
      .map(({ event }) => event)
  return { here, owner, second, rooms, since, owners: [owner.address, second.address] }
}

test('what owners do stands in the log, with what and no more, and all owners are told', async () => {
  const { here, owner, rooms, since, owners } = await house()
  const acts: [() => Promise<unknown>, object][] = [
    [() => owner.post('/admin/readers/export'), { kind: 'readers-exported' }],
    [
      () => owner.post(`/admin/readers/${rooms.reader}/export`),
      { kind: 'reader-exported', reader: Number(rooms.reader) },
    ],
    [
      () => owner.post(`/admin/digests/${rooms.digest}/failures/export`),
      { kind: 'failures-exported', digest: rooms.digest },
    ],
    [
      () => owner.post('/admin/settings/keys', { name: 'CRM', role: 'editor', lasts: '30' }),
      { kind: 'key-made', name: 'CRM', role: 'editor' },
    ],
    [
      () => owner.post(`/admin/settings/keys/${rooms.key}/revoke`),
      { kind: 'key-revoked', name: 'the house', role: 'writer' },
    ],
    [
      () => owner.post('/admin/settings/editors', { name: 'Cy', email: 'cy@example.com', role: 'writer' }),
      { kind: 'editor-invited', address: 'cy@example.com', role: 'writer' },
    ],
    [
      () =>
        owner.post(`/admin/newsletters/${rooms.newsletter}`, {
          name: 'Morning',
          cadence: 'daily',
          language: 'en',
          timeZone: 'UTC',
          senderName: 'Desk',
          senderAddress: '',
          replyTo: '',
        }),
      {
        kind: 'sender-changed',
        newsletter: 'Morning',
        changes: [{ field: 'senderName', from: '', to: 'Desk' }],
      },
    ],
    [
      () => owner.post(`/admin/readers/suppressed/${rooms.suppression}/lift`),
      { kind: 'suppressions-lifted', count: 1, address: 'z•••@h•••.example' },
    ],
    [
      () => owner.post(`/admin/readers/${rooms.reader}/erase`),
      { kind: 'reader-erased', reader: Number(rooms.reader) },
    ],
  ]
  for (const [act, event] of acts) {
    await act()
    expect((await since())[0]).toEqual(event)
    expect([event, await told(here)]).toEqual([event, owners])
  }
  expect(await since()).toHaveLength(acts.length)
  const rows = await here.raw`select detail::text as detail from access_log`
  expect(JSON.stringify(rows)).not.toContain(secretReader)
  const [entry] = await listAccess(here.services.db, { limit: 1 })
  expect(entry).toMatchObject({ by: { kind: 'editor', name: 'owner' }, network: '' })
})

test('whom it is about is told too; what changes nothing is no entry', async () => {
  const { here, owner, second, rooms, since, owners } = await house()
  const path = `/admin/settings/editors/${rooms.editor}`
  const [{ address } = { address: '' }] =
    await here.raw`select address from editors where id = ${rooms.editor}`
  await owner.post(`${path}/role`, { role: 'writer' })
  expect(await since()).toEqual([{ kind: 'role-changed', address, from: 'editor', to: 'writer' }])
  expect(await told(here)).toEqual([...owners, address])
  await owner.post(`${path}/role`, { role: 'writer' })
  await owner.post(`/admin/newsletters/${rooms.newsletter}/state`, { state: 'open' })
  await owner.post('/admin/settings/keys/999/revoke')
  expect(await told(here)).toEqual([])

  // An owner who is put out hears of it, though they are none any more.
  const other = await findEditorByAddress(here.services.db, second.address)
  await owner.post(`/admin/settings/editors/${other!.id}/remove`)
  expect(await told(here)).toEqual(owners)
  expect((await since())[0]).toEqual({ kind: 'editor-removed', address: second.address, role: 'owner' })
  // Of the last owner nothing is noted, since nothing is done.
  const self = await findEditorByAddress(here.services.db, owner.address)
  expect(await removeEditor(here.services, self!.id, atTheCommandLine)).toEqual({ kind: 'last-owner' })
  expect(await giveRole(here.services, self!.id, 'writer', atTheCommandLine)).toEqual({ kind: 'last-owner' })
  expect(await since()).toHaveLength(2)
})

test('the command line and keys of the API are named as who did it, with the network of the caller', async () => {
  const { here, since } = await house()
  const { services } = here
  const reading = parseEmailAddress('dee@example.com')
  if (reading.kind === 'refused') throw new Error()
  await inviteEditor(services, { address: reading.address, name: 'Dee', role: 'writer' })
  await editorLink(services, reading.address)
  await createKey(services, { name: 'cron', role: 'owner' })
  expect((await since()).map(({ kind }) => kind)).toEqual(['key-made', 'link-printed', 'editor-invited'])
  const asOwner = await clientOf(here, 'owner')
  await asOwner('POST', '/newsletters', { slug: 'evening', name: 'Evening', senderName: 'Night desk' })
  expect((await since())[0]).toMatchObject({ kind: 'sender-changed', newsletter: 'Evening' })
  const [entry] = await listAccess(services.db, { limit: 1 })
  expect(entry!.by).toMatchObject({ kind: 'key', name: 'owner' })

  const { key } = await createKey(services, { name: 'far', role: 'owner' })
  await here.request('/api/v1/newsletters', {
    method: 'POST',
    peer: '198.51.100.77',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ slug: 'noon', name: 'Noon', replyTo: 'noon@example.com' }),
  })
  expect((await listAccess(services.db, { limit: 1 }))[0]!.network).toBe('198.51.100.0/24')
})

test('reader by reader it is one mail an hour, and every one in the log', async () => {
  const { here, owner, rooms, since, owners } = await house()
  const others = await here.raw`select id from subscribers where id <> ${rooms.reader}`
  for (const { id } of others) await owner.post(`/admin/readers/${id}/erase`)
  expect((await since()).map(({ kind }) => kind)).toEqual(['reader-erased', 'reader-erased'])
  expect(await told(here)).toEqual(owners)
  // A reader who erases themselves is in no log.
  await eraseSubscriber(here.services, rooms.reader)
  expect(await since()).toHaveLength(2)
})

test('what is refused is not noted: act and entry are one', async () => {
  const { here, since } = await house()
  await here.raw`create function fail() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`
  await here.raw`create trigger fail before insert on api_keys for each row execute function fail()`
  await expect(createKey(here.services, { name: 'x', role: 'owner' })).rejects.toThrow()
  expect(await since()).toEqual([])
  expect(await told(here)).toEqual([])
})

test('nobody changes, removes or empties the log', async () => {
  const { here } = await house()
  const before = await logOf(here)
  for (const rewrite of [
    'update access_log set kind = kind',
    'delete from access_log',
    'truncate access_log',
  ])
    await expect(here.raw.unsafe(rewrite)).rejects.toThrow('access_log is only added to')
  expect(await logOf(here)).toEqual(before)
})

test('the mail says what, who and when in the owner’s language, and where to look', async () => {
  const { here, owner, second, rooms } = await house()
  const { services, raw } = here
  await updateEditor(services.db, (await findEditorByAddress(services.db, second.address))!.id, {
    language: 'de',
  })
  await here.request('/admin/settings/editors', {
    method: 'POST',
    peer: '2001:db8:7:9::1',
    body: new URLSearchParams({ name: 'Ed <b>', email: 'ed@example.com', role: 'editor' }),
    headers: { cookie: owner.cookie, 'sec-fetch-site': 'same-origin' },
  })
  const mails = await raw<
    Notice[]
  >`select id, kind, content, recipient, language from notices where kind = 'access' order by id`
  const [english, german] = await Promise.all(mails.map(mail => composeNotice(services, mail)))
  if (english === 'obsolete' || german === 'obsolete' || !english || !german) throw new Error()
  expect(english.subject).toBe('Access at The Bulletin: Invitation')
  expect(english.text.replace(/\s+/g, ' ')).toMatch(
    /ed@example\.com was invited, with the role editor\. Done by owner, .* 20\d\d at .*\. From the network 2001:db8:7::\/48\. .*\/admin\/settings\/log /,
  )
  expect(german.subject).toBe('Zugriff bei The Bulletin: Einladung')
  expect(german.text).toContain('Zugriffsprotokoll öffnen')

  // Who is no owner is led to a page that they may open.
  await raw`delete from notices`
  await owner.post(`/admin/settings/editors/${rooms.editor}/role`, { role: 'writer' })
  const [about] = await raw<
    Notice[]
  >`select id, kind, content, recipient, language from notices where kind = 'access' order by id desc limit 1`
  const mail = await composeNotice(services, about!)
  expect(mail).toMatchObject({ text: expect.stringContaining('/admin/settings/you') })
})

test('owners page through the log, and see one kind of it', async () => {
  const { here, owner } = await house()
  for (let n = 0; n < 60; n++) await createKey(here.services, { name: `key <${n}>`, role: 'writer' })
  const page = await (await owner.get('/admin/settings/log')).text()
  expect(page).toContain('key &lt;59&gt;')
  expect(page.match(/<tr>/g)).toHaveLength(51)
  const older = /<a rel="next" href="([^"]+)"/.exec(page)![1]!.replaceAll('&amp;', '&')
  expect(await (await owner.get(older)).text()).toContain('key &lt;9&gt;')
  const kind = await (await owner.get('/admin/settings/log?kind=role-changed')).text()
  expect(kind).toContain('Nothing of this kind happened yet.')
  for (const odd of ['kind=nope', 'before=-1', 'before=9e99', 'kind=%00'])
    expect([odd, (await owner.get(`/admin/settings/log?${odd}`)).status]).toEqual([odd, 200])
})
