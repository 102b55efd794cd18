import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { ConfigError, parseConfig } from '../../src/config.ts'
import { versionFault } from '../../src/node/reach-database.ts'

type Environment = Record<string, string>

const pem = (type: 'rsa', modulusLength: number) =>
  generateKeyPairSync(type, { modulusLength }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const rsa = pem('rsa', 2048)
const short = pem('rsa', 1024)
const ed25519 = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
const locked = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
  .toString()

const files: Record<string, string> = {
  '/keys/good.pem': rsa,
  '/keys/short.pem': short,
  '/etc/hosts': '::1 me',
}
const readFile = (path: string) => {
  const text = files[path]
  if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
  return text
}
const parse = (env: Environment) => parseConfig(env, { readFile })

/** Every fault, as `NAME: what`. */
function faultsOf(env: Environment): readonly string[] {
  try {
    parse(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

const secret = 'sixteen letters at least'
const open = {
  HOST: '0.0.0.0',
  PUBLIC_URL: 'https://news.example.com',
  SMTP_URL: 'smtps://u:p@mx.example.com',
  SECRET_KEY: secret,
}

test('nothing set: this machine alone, the embedded database, the mailbox', () => {
  expect(parse({})).toEqual({
    host: '127.0.0.1',
    port: 3000,
    sendHold: 30,
    publicUrl: 'http://localhost:3000',
    dataDir: '.data',
    transport: { kind: 'mailbox' },
    smtpConnections: 20,
    trustedProxies: [],
    signupLimit: 100,
    fetchAllow: [],
  })
})

test('empty, or white space, is as if it were not set', () => {
  const names = [
    'PORT',
    'HOST',
    'PUBLIC_URL',
    'DATA_DIR',
    'DATABASE_URL',
    'SMTP_URL',
    'SEND_RATE',
    'SECRET_KEY',
    'DKIM_DOMAIN',
    'TRUSTED_PROXIES',
  ]
  for (const nothing of ['', '  ', '\n'])
    expect(parse(Object.fromEntries(names.map(name => [name, nothing])))).toEqual(parse({}))
})

test('everything set', () => {
  expect(
    parse({
      ...open,
      PORT: '8080',
      PUBLIC_URL: 'https://News.Example.com/',
      DATA_DIR: '/var/lib/broadsheet',
      DATABASE_URL: 'postgres://u:p@db/news?sslmode=require',
      SMTP_CONNECTIONS: '50',
      SEND_RATE: '14',
      SEND_HOLD: '5',
      BOUNCE_ADDRESS: 'bounce@example.com',
      DKIM_DOMAIN: 'Example.com',
      DKIM_SELECTOR: 's1',
      DKIM_PRIVATE_KEY: '/keys/good.pem',
      SECRET_KEY: `2:${secret},1:older ${secret}`,
      TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      SIGNUP_LIMIT: '5',
      FETCH_ALLOW: '127.0.0.1:8000,[::1]:8000, stories.internal:80',
    }),
  ).toEqual({
    host: '0.0.0.0',
    port: 8080,
    publicUrl: 'https://news.example.com',
    dataDir: '/var/lib/broadsheet',
    databaseUrl: 'postgres://u:p@db/news?sslmode=require',
    transport: {
      kind: 'smtp',
      server: { by: 'smtp', url: 'smtps://u:p@mx.example.com' },
      host: 'mx.example.com',
      local: false,
    },
    smtpConnections: 50,
    sendRate: 14,
    sendHold: 5,
    bounceAddress: 'bounce@example.com',
    dkim: { domain: 'example.com', selector: 's1', privateKey: rsa },
    secretKeys: [
      { version: 2, secret },
      { version: 1, secret: `older ${secret}` },
    ],
    trustedProxies: ['10.0.0.0/8', '::1'],
    signupLimit: 5,
    fetchAllow: ['127.0.0.1:8000', '[::1]:8000', 'stories.internal:80'],
  })
})

test.each<[Environment, string]>([
  [{ PORT: '65536' }, 'PORT'],
  [{ SEND_HOLD: '601' }, 'SEND_HOLD'],
  [{ PORT: '-1' }, 'PORT'],
  [{ PORT: '80.5' }, 'PORT'],
  [{ PORT: 'http' }, 'PORT'],
  [{ PUBLIC_URL: 'news.example.com' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'ftp://news.example.com' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://localhost/letters' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://localhost/?a' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://localhost/#a' }, 'PUBLIC_URL'],
  [{ PUBLIC_URL: 'http://user:password@localhost' }, 'PUBLIC_URL'],
  [{ DATABASE_URL: 'mysql://db', SMTP_URL: 'mailbox:' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres://db' }, 'SMTP_URL'],
  [{ SMTP_URL: 'http://mx' }, 'SMTP_URL'],
  [{ SMTP_URL: 'mx.example.com:25' }, 'SMTP_URL'],
  [{ SMTP_URL: 'smtp://' }, 'SMTP_URL'],
  [{ SMTP_CONNECTIONS: '0' }, 'SMTP_CONNECTIONS'],
  [{ SEND_RATE: '0' }, 'SEND_RATE'],
  [{ SEND_RATE: '1e99' }, 'SEND_RATE'],
  [{ BOUNCE_ADDRESS: 'bounces' }, 'BOUNCE_ADDRESS'],
  [{ SECRET_KEY: 'short' }, 'SECRET_KEY'],
  [{ TRUSTED_PROXIES: '10.0.0.0/8,proxy.internal' }, 'TRUSTED_PROXIES'],
  [{ TRUSTED_PROXIES: '10.0.0.0/64' }, 'TRUSTED_PROXIES'],
  [{ SIGNUP_LIMIT: '0' }, 'SIGNUP_LIMIT'],
  [{ FETCH_ALLOW: 'localhost' }, 'FETCH_ALLOW'],
  [{ FETCH_ALLOW: 'localhost:65536' }, 'FETCH_ALLOW'],
  [{ FETCH_ALLOW: 'http://localhost:80' }, 'FETCH_ALLOW'],
])('%j is one fault, and says whose', (env, name) => {
  expect(faultsOf(env)).toEqual([expect.stringMatching(`^${name}: `)])
})

test('open to the world, or known to it: no mailbox, no key made by itself', () => {
  expect(faultsOf({ HOST: '0.0.0.0' }).map(fault => fault.split(':')[0])).toEqual([
    'PUBLIC_URL',
    'SMTP_URL',
    'SECRET_KEY',
  ])
  expect(faultsOf({ HOST: '::', PUBLIC_URL: 'https://a.example' })).toHaveLength(2)
  expect(faultsOf({ PUBLIC_URL: 'https://a.example' })).toEqual([
    expect.stringMatching('^SMTP_URL: is needed'),
  ])
  expect(faultsOf({ PUBLIC_URL: 'https://a.example', SMTP_URL: 'mailbox:' })).toEqual([
    expect.stringMatching('^SMTP_URL: the built-in mailbox works only'),
  ])
  expect(faultsOf({ ...open, SMTP_URL: 'mailbox:' })).toHaveLength(1)
  expect(faultsOf({ PUBLIC_URL: 'https://a.example', SMTP_URL: 'smtp://mx.example' })).toEqual([])
  expect(faultsOf(open)).toEqual([])
})

const ses = {
  SMTP_URL: 'ses:eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalr/+K7',
}

test('Amazon SES by its region, and what belongs to it', () => {
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalr/+K7' }
  expect(parse(ses).transport).toEqual({
    kind: 'smtp',
    server: {
      by: 'ses',
      region: 'eu-central-1',
      endpoint: 'https://email.eu-central-1.amazonaws.com',
      ...keys,
    },
    host: 'email.eu-central-1.amazonaws.com',
    local: false,
  })
  expect(
    parse({
      ...ses,
      AWS_SESSION_TOKEN: 'FwoG/+==',
      SES_CONFIGURATION_SET: 'news_letters-1',
      SES_ENDPOINT: 'https://SES.example.com:8443/',
    }).transport,
  ).toEqual({
    kind: 'smtp',
    server: {
      by: 'ses',
      region: 'eu-central-1',
      endpoint: 'https://ses.example.com:8443',
      ...keys,
      sessionToken: 'FwoG/+==',
      configurationSet: 'news_letters-1',
    },
    host: 'ses.example.com:8443',
    local: false,
  })
  const hostOf = (env: Environment) => {
    const { transport } = parse({ ...ses, ...env })
    return transport.kind === 'smtp' && [transport.host, transport.local]
  }
  expect(hostOf({ SMTP_URL: 'ses:us-gov-west-1' })).toEqual(['email.us-gov-west-1.amazonaws.com', false])
  expect(hostOf({ SMTP_URL: 'ses:cn-north-1' })).toEqual(['email.cn-north-1.amazonaws.com.cn', false])
  expect(hostOf({ SES_ENDPOINT: 'http://127.0.0.1:8005' })).toEqual(['127.0.0.1:8005', true])
  expect(hostOf({ SES_ENDPOINT: 'https://localhost' })).toEqual(['localhost', true])
})

test.each<[Environment, string[]]>([
  [{ AWS_ACCESS_KEY_ID: '' }, ['AWS_ACCESS_KEY_ID: is missing']],
  [
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: ' ' },
    ['AWS_ACCESS_KEY_ID: is missing', 'AWS_SECRET_ACCESS_KEY: is missing'],
  ],
  [{ AWS_SECRET_ACCESS_KEY: 'two words' }, ['AWS_SECRET_ACCESS_KEY: has characters']],
  [{ AWS_SESSION_TOKEN: 'näh' }, ['AWS_SESSION_TOKEN: has characters']],
  [{ SES_CONFIGURATION_SET: 'a b' }, ['SES_CONFIGURATION_SET: is not a name']],
  [{ SES_ENDPOINT: 'ses.example.com' }, ['SES_ENDPOINT: is not a URL']],
  [{ SES_ENDPOINT: 'https://ses.example.com/v2' }, ['SES_ENDPOINT: may have']],
  [{ SES_ENDPOINT: 'https://user:secret@ses.example.com' }, ['SES_ENDPOINT: may have']],
  [{ SES_ENDPOINT: 'http://ses.example.com' }, ['SES_ENDPOINT: must start with https://']],
  ...['ses:', 'ses:eu', 'ses://eu-central-1', 'ses:eu central 1', 'SES:AKID:secret@eu-central-1'].map(
    SMTP_URL => [{ SMTP_URL }, ['SMTP_URL: names no region']] as [Environment, string[]],
  ),
  [
    {
      SMTP_URL: 'ses:nowhere',
      AWS_ACCESS_KEY_ID: '',
      SES_ENDPOINT: 'http://a.example',
      SES_CONFIGURATION_SET: '.',
    },
    ['SMTP_URL', 'AWS_ACCESS_KEY_ID', 'SES_CONFIGURATION_SET', 'SES_ENDPOINT'],
  ],
])('Amazon SES, with %j: each fault by its name, and no secret in it', (env, faults) => {
  const found = faultsOf({ ...ses, ...env })
  expect(found).toEqual(faults.map(fault => expect.stringMatching(`^${fault}`)))
  expect(found.join()).not.toMatch(/secret@|wJalr/)
})

test('an SMTP_URL that is none is told every form of it', () => {
  for (const SMTP_URL of ['mail.example.com', 'http://mx.example', 'eu-central-1'])
    expect(faultsOf({ SMTP_URL })).toEqual([
      'SMTP_URL: is not a URL that starts with smtp:// or smtps://, nor a region of Amazon SES such as ses:eu-central-1',
    ])
})

test('the mailbox beside DATABASE_URL is asked for in so many words', () => {
  expect(faultsOf({ DATABASE_URL: 'postgres://db' })[0]).toContain(
    'SMTP_URL=mailbox: asks for the built-in mailbox',
  )
  expect(parse({ DATABASE_URL: 'postgres://db', SMTP_URL: 'mailbox:' }).transport).toEqual({
    kind: 'mailbox',
  })
})

test.each([
  [{}, ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'].slice(1)],
  [{ DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: rsa }, []],
  [{ DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: rsa.replaceAll('\n', '\\n') }, []],
  [{ DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: '/keys/good.pem' }, []],
  [{ DKIM_SELECTOR: 's 1', DKIM_PRIVATE_KEY: rsa }, ['DKIM_SELECTOR: is not']],
  [{ DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: '/keys/none.pem' }, ['none.pem can’t be read (ENOENT)']],
  [
    { DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: rsa.replace(/-----.*?-----|\n/g, '') },
    ['is neither a PEM private key nor the path of one'],
  ],
  [
    { DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: '/etc/hosts' },
    ['is neither a PEM private key nor the path of one'],
  ],
  [{ DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: '/keys/short.pem' }, ['has 1024 bits and needs 2048']],
  [{ DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: ed25519 }, ['is a key of the kind ed25519']],
  [{ DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: locked }, ['is protected by a passphrase']],
  [
    { DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----' },
    ['is no private key that can be read'],
  ],
] as [Environment, string[]][])('DKIM: %#', (env, faults) => {
  expect(faultsOf({ DKIM_DOMAIN: 'example.com', ...env })).toEqual(
    faults.map(fault => expect.stringContaining(fault)),
  )
})

test.each([
  ['180004', undefined],
  ['150000', undefined],
  ['140019', 'it is a PostgreSQL 14; Broadsheet needs 15 or later'],
  ['90624', 'it is a PostgreSQL 9; Broadsheet needs 15 or later'],
  ['undefined', 'it is a PostgreSQL undefined; Broadsheet needs 15 or later'],
])('a server of version %s', (number, fault) => {
  expect(versionFault(number)).toBe(fault)
})
