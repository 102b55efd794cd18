import { expect, test } from 'vitest'
import { ConfigError } from '../../src/config.ts'
import type { Env } from '../../src/worker/bindings.ts'
import { configOf } from '../../src/worker/settings.ts'

const queue = { send: async () => {}, sendBatch: async () => {} }
const good = {
  HYPERDRIVE: { connectionString: 'postgres://u:p@db.example/news' },
  BATCHES: queue,
  WAKES: queue,
  SECRET_KEY: 'a secret that is long enough for this',
  PUBLIC_URL: 'https://news.example',
  SMTP_URL: 'smtps://news:secret@mx.example',
}

function faultsOf(env: Record<string, unknown>): string[] {
  try {
    configOf(env as Env)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return [...error.faults]
    throw error
  }
}

test('what wrangler.toml and the secrets say is read as everywhere', () => {
  expect(configOf({ ...good, SMTP_CONNECTIONS: '400' })).toMatchObject({
    publicUrl: 'https://news.example',
    smtpConnections: 400,
    transport: { kind: 'smtp', host: 'mx.example', local: false },
    databaseUrl: 'postgres://u:p@db.example/news',
  })
})

test('a Worker that is not set up hears of everything at once, each by its name and once', () => {
  const faults = faultsOf({})
  const names = faults.map(fault => fault.split(':', 1)[0])
  expect(names.toSorted()).toEqual(['BATCHES', 'HYPERDRIVE', 'PUBLIC_URL', 'SECRET_KEY', 'SMTP_URL', 'WAKES'])
})

test.for([
  ['the embedded database', { HYPERDRIVE: undefined }, /^HYPERDRIVE: .*embedded database is of Node alone/],
  ['its folder', { DATA_DIR: '.data' }, /^DATA_DIR: there is no folder here/],
  ['a database by its URL', { DATABASE_URL: 'postgres://x' }, /^DATABASE_URL: is not read here/],
  ['the built-in mailbox', { SMTP_URL: 'mailbox:' }, /^SMTP_URL: the built-in mailbox is of Node alone/],
  ['port 25', { SMTP_URL: 'smtp://mx.example:25' }, /^SMTP_URL: Workers open no connection to port 25/],
  [
    'a key in a file',
    { DKIM_DOMAIN: 'a.example', DKIM_SELECTOR: 's', DKIM_PRIVATE_KEY: '/key.pem' },
    /^DKIM_PRIVATE_KEY: /,
  ],
] as const)('%s can’t be had there, and it says so by name', ([, changes, fault]) => {
  const faults = faultsOf({ ...good, ...changes })
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatch(fault)
})
