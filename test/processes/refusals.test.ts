import { chownSync, mkdtempSync, statSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type FreshDatabase, freshDatabase } from '../support/database.ts'
import { runBroadsheet } from '../support/server.ts'

// What a start refuses, in words for the person who starts it: nothing but those, and 1.

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

async function listenLike(hear: (socket: Socket) => void): Promise<number> {
  const server: Server = createServer(hear)
  afterAll(() => server.close())
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as { port: number }).port
}

async function refused(args: string[], env: Record<string, string>): Promise<string> {
  const { code, stdout, stderr } = await runBroadsheet(args, env)
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).not.toMatch(/^\s+at /m)
  return stderr
}

test('every faulty variable is named at once', async () => {
  const said = await refused(['serve'], {
    PORT: '80000',
    PUBLIC_URL: 'https://news.example.com/letters',
    DATABASE_URL: 'mysql://localhost',
    SMTP_URL: 'mail.example.com',
    SMTP_CONNECTIONS: '0',
    SEND_RATE: 'fast',
    BOUNCE_ADDRESS: 'nobody',
    DKIM_DOMAIN: 'example.com',
    DKIM_SELECTOR: 's1',
    DKIM_PRIVATE_KEY: '/no/such/key.pem',
    SECRET_KEY: 'short',
    TRUSTED_PROXIES: '10.0.0.0/99',
    SIGNUP_LIMIT: '-1',
    FETCH_ALLOW: 'localhost',
  })
  expect(said.split('\n').map(line => line.trim().split(':')[0])).toEqual([
    'Broadsheet can’t start',
    ...['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'SMTP_URL', 'SECRET_KEY', 'DKIM_PRIVATE_KEY', 'BOUNCE_ADDRESS'],
    ...['SMTP_CONNECTIONS', 'SEND_RATE', 'TRUSTED_PROXIES', 'SIGNUP_LIMIT', 'FETCH_ALLOW', ''],
  ])
})

test('open to the world, it needs an address, a mail server and a key', async () => {
  const said = await refused(['serve'], { HOST: '0.0.0.0' })
  for (const name of ['PUBLIC_URL', 'SMTP_URL', 'SECRET_KEY']) expect(said).toContain(`  ${name}: is needed`)
})

test('a port that another program has', async () => {
  const port = await listenLike(() => {})
  const said = await refused(['serve'], { PORT: String(port), DATA_DIR: '/nowhere' })
  expect(said).toContain(`PORT: ${port} is taken by another program; start with PORT=${port + 1} for another`)
})

test('a sample where mail would go out', async () => {
  const said = await refused(['serve', '--sample'], { SMTP_URL: 'smtp://127.0.0.1:2525' })
  expect(said).toContain('needs the built-in mailbox')
})

test.concurrent('a database where nobody answers', async () => {
  const begun = Date.now()
  const silent = await listenLike(() => {})
  const dropping = await listenLike(socket => socket.destroy())
  const at = (place: string) =>
    refused(['migrate'], { SMTP_URL: 'mailbox:', DATABASE_URL: `postgres://u:s3cret@${place}/news` })
  const said = await Promise.all([at('127.0.0.1:9'), at(`127.0.0.1:${silent}`), at(`127.0.0.1:${dropping}`)])
  expect(said).toEqual([
    expect.stringContaining('DATABASE_URL: nobody answers at 127.0.0.1:9; does PostgreSQL run there?'),
    expect.stringContaining(`DATABASE_URL: 127.0.0.1:${silent} does not answer`),
    expect.stringContaining(`DATABASE_URL: 127.0.0.1:${dropping} takes the connection and drops it`),
  ])
  expect(said.join()).not.toContain('s3cret')
  expect(Date.now() - begun).toBeLessThan(15_000)
})

test.concurrent('a database that does not let us in', async () => {
  const other = new URL(database.url)
  other.username = 'stranger'
  const none = new URL(database.url)
  none.pathname = '/none'
  const at = (url: URL) => refused(['migrate'], { SMTP_URL: 'mailbox:', DATABASE_URL: url.href })
  expect(await at(none)).toContain('has no database none; createdb none makes it')
  expect(await at(other)).toContain('does not let the user stranger in')
})

test.concurrent('a key that is not the one that the database knows', async () => {
  const [old, young] = ['the first secret of this house', 'the second secret of this house']
  const home = (SECRET_KEY: string) => ({ DATABASE_URL: database.url, SMTP_URL: 'mailbox:', SECRET_KEY })
  expect((await runBroadsheet(['home'], home(old))).code).toBe(0)
  expect(await refused(['home'], home(young))).toContain('SECRET_KEY: version 1 is not the key')
  expect((await runBroadsheet(['home'], home(`2:${young},1:${old}`))).code).toBe(0)
  expect(await refused(['home'], home(`1:${old}`))).toContain('SECRET_KEY: version 2 is missing')
})

test.concurrent('a kept key belongs to whoever owns the folder, not to the one who started first', async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'key-'))
  const fresh = await freshDatabase()
  try {
    if (process.getuid?.() === 0) chownSync(folder, 12345, 12345)
    const env = { DATABASE_URL: fresh.url, SMTP_URL: 'mailbox:' }
    const kept = { ...env, DATA_DIR: join(folder, '.data') }
    expect((await runBroadsheet(['home'], kept)).code).toBe(0)
    const { uid, mode } = statSync(join(folder, '.data', 'secret-key'))
    expect([uid, mode & 0o777]).toEqual([statSync(folder).uid, 0o600])
    const elsewhere = mkdtempSync(join(inject('runFolder'), 'key-'))
    const said = await refused(['home'], { ...env, DATA_DIR: elsewhere })
    expect(said).toContain('SECRET_KEY: version 1 is not the key this database was used with')
    expect(said).toContain(join(elsewhere, 'secret-key'))
  } finally {
    await fresh.drop()
  }
})

test.concurrent('a folder that can keep no key', async () => {
  const said = await refused(['home'], {
    DATABASE_URL: database.url,
    SMTP_URL: 'mailbox:',
    DATA_DIR: '/proc/broadsheet',
  })
  expect(said).toContain(
    'SECRET_KEY: it is not set, and one can’t be kept in /proc/broadsheet/secret-key (ENOENT)',
  )
})
