import { afterAll, beforeAll, expect, test } from 'vitest'
import { openDatabase } from '../../src/store/client.ts'
import { addEditor } from '../../src/store/editors.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { startSession } from '../../src/store/sessions.ts'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { startMailServer } from '../support/mail-server.ts'
import { type RunningServer, runBroadsheet, startServer } from '../support/server.ts'
import { until } from '../support/until.ts'

// A newsroom at https://a.example, and a copy of its database that somebody starts at https://b.example.

let database: FreshDatabase
let mail: Awaited<ReturnType<typeof startMailServer>>
let env: Record<string, string>
let cookie: string
const [a, b] = ['https://a.example', 'https://b.example']

beforeAll(async () => {
  database = await freshDatabase()
  mail = await startMailServer()
  env = { DATABASE_URL: database.url, SMTP_URL: mail.url, SECRET_KEY: 'the secret of this newsroom' }
  const { db, close } = openDatabase(database.url, { connections: 1 })
  await addNewsletter(db, { slug: 'brief', name: 'Brief' })
  const owner = {
    address: 'bo@example.com',
    addressKey: 'bo@example.com',
    name: 'Bo',
    role: 'owner' as const,
  }
  cookie = `__Host-broadsheet=${await startSession(db, (await addEditor(db, owner))!.id)}`
  await close()
})
afterAll(() => database.drop())

const startAt = (publicUrl: string) => startServer({ env: { ...env, PUBLIC_URL: publicUrl } })

async function signUp({ url }: RunningServer, email: string) {
  const body = new URLSearchParams({ email, newsletter: 'brief' })
  expect((await fetch(`${url}/subscribe`, { method: 'POST', body })).status).toBe(200)
}

const mailTo = (address: string) =>
  until(`mail to ${address}`, () => mail.received.find(one => one.to.includes(address)))

const home = async (publicUrl: string, ...args: string[]) => {
  const { stdout, code } = await runBroadsheet(['home', ...args, '--json'], { ...env, PUBLIC_URL: publicUrl })
  return { ...JSON.parse(stdout), code }
}

test('under an address of this machine alone it sends, and settles nowhere', async () => {
  const server = await startAt('http://localhost:3000')
  await signUp(server, 'zoe@example.com')
  await mailTo('zoe@example.com')
  expect(await server.stop()).toBe(0)
  expect(await home('http://localhost:3000')).toEqual({ home: null, copy: false, code: 0 })
})

test('the first public address that it starts under is its home; to ask settles nothing', async () => {
  expect(await home(b)).toEqual({ home: null, copy: false, code: 0 })
  const original = await startAt(a)
  await signUp(original, 'ana@example.com')
  await mailTo('ana@example.com')
  expect(await original.stop()).toBe(0)
  expect(await home(a)).toEqual({ home: a, copy: false, code: 0 })
})

test('a copy sends nothing and says so everywhere, until an owner makes it the original', async () => {
  const copy = await startAt(b)
  expect(copy.output()).toContain(`This database is a copy of ${a}: under ${b} it sends nothing`)
  await signUp(copy, 'ben@example.com')
  const { stdout } = await runBroadsheet(['doctor'], { ...env, PUBLIC_URL: b })
  expect(stdout).toContain(`look  home      this is a copy of ${a} and sends nothing by SMTP`)
  for (const path of ['/admin/digests', '/admin/readers', '/admin/settings']) {
    const page = await (await fetch(`${copy.url}${path}`, { headers: { cookie } })).text()
    expect(page, path).toContain(`This is a copy of ${a}`)
    expect(page, path).toContain('Make this the original')
  }
  expect(mail.received.filter(one => one.to.includes('ben@example.com'))).toEqual([])
  const claimed = await fetch(`${copy.url}/admin/settings/delivery/claim`, {
    method: 'POST',
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  })
  expect(await claimed.text()).toContain('This is the original now.')
  await mailTo('ben@example.com')
  expect(await copy.stop()).toBe(0)
})

test('then the former one is the copy, until the command claims it back', async () => {
  expect(await home(a)).toEqual({ home: b, copy: true, code: 0 })
  expect(await home(a, '--claim')).toEqual({ home: a, copy: false, code: 0 })
})
