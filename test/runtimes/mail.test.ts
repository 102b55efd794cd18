import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import {
  certificate,
  expiredCertificate,
  foreignCertificate,
  strangersCertificate,
} from '../support/certificate.ts'
import { startMailServer } from '../support/mail-server.ts'
import { type Script, startMisbehavingServer } from '../support/misbehaving-smtp.ts'
import { freePort } from '../support/server.ts'
import { type RunningWorker, startScript } from '../support/worker.ts'

let probe: RunningWorker

beforeAll(async () => {
  const folder = mkdtempSync(join(inject('runFolder'), 'probe-'))
  const trusted = join(folder, 'trusted.pem')
  // Two of them are at fault for one reason alone, not for who signed them.
  writeFileSync(
    trusted,
    [certificate, expiredCertificate, foreignCertificate].map(({ cert }) => cert).join(''),
  )
  const config = join(folder, 'wrangler.toml')
  writeFileSync(
    config,
    `name = "probe"
main = ${JSON.stringify(fileURLToPath(new URL('./mail-probe.ts', import.meta.url)))}
compatibility_date = "2026-10-01"
compatibility_flags = ["nodejs_compat"]
`,
  )
  probe = await startScript({ args: ['--config', config], env: { NODE_EXTRA_CA_CERTS: trusted } })
})

afterAll(() => probe?.stop())

const password = 'hunter2secret'

async function hand(
  certificate: { key: string; cert: string },
  scheme: 'smtp' | 'smtps',
  host = 'localhost',
) {
  const passwords: string[] = []
  const server = await startMailServer({
    server: {
      ...certificate,
      secure: scheme === 'smtps',
      disabledCommands: [],
      authOptional: false,
      onAuth(auth, _session, done) {
        passwords.push(auth.password!)
        done(null, { user: auth.username })
      },
    },
  })
  const url = `${scheme}://news:${password}@${host}:${server.port}`
  const response = await fetch(`${probe.url}/?url=${encodeURIComponent(url)}`)
  const text = await response.text()
  expect(response.status, text).toBe(200)
  return { ...JSON.parse(text), passwords, received: server.received }
}

test.for(['smtps', 'smtp'] as const)(
  '%s: a mail server whose certificate verifies takes mail, encrypted',
  async scheme => {
    const { wire, mailer, received } = await hand(certificate, scheme)
    expect(wire).toMatchObject({ kind: 'reply', stage: 'dot', reply: { code: 250 } })
    expect(mailer).toMatchObject({ kind: 'accepted' })
    expect(received).toMatchObject([{ tls: true }, { tls: true }])
  },
)

const faulty = {
  expired: expiredCertificate,
  'of another name': foreignCertificate,
  'signed by itself': strangersCertificate,
}

test.for(
  (['smtps', 'smtp'] as const).flatMap(scheme =>
    Object.entries(faulty).map(([fault, presented]) => [scheme, fault, presented] as const),
  ),
)('%s: a certificate that is %s is refused before the password', async ([scheme, , presented]) => {
  const { wire, mailer, passwords, received } = await hand(presented, scheme)
  expect(wire).toMatchObject({ kind: 'no-session', stage: 'tls' })
  expect(mailer).toMatchObject({ kind: 'unreachable' })
  expect([passwords, received]).toEqual([[], []])
})

test('a port where nobody listens is no matter of certificates', async () => {
  const port = await freePort()
  const response = await fetch(`${probe.url}/?url=${encodeURIComponent(`smtps://localhost:${port}`)}`)
  expect(await response.json()).toMatchObject({
    wire: { kind: 'no-session', stage: 'connect' },
    mailer: { kind: 'unreachable' },
  })
})

test.for([
  ['at MAIL', { mail: 'drop' }, { kind: 'dropped', stage: 'mail' }],
  ['at RCPT', { rcpt: 'drop' }, { kind: 'dropped', stage: 'rcpt' }],
  ['at DATA', { data: 'drop' }, { kind: 'dropped', stage: 'data' }],
  ['within the message', { begun: 'drop' }, { kind: 'dropped', stage: 'body' }],
  ['after the dot, the message thrown away', { body: 'drop' }, { kind: 'dropped', stage: 'dot' }],
  ['after the dot, the message taken', { body: 'keep and drop' }, { kind: 'dropped', stage: 'dot' }],
  ['with 421', { mail: '421 4.3.2 closing' }, { kind: 'reply', stage: 'mail', reply: { code: 421 } }],
  ['with a refusal', { rcpt: '550 5.1.1 unknown' }, { kind: 'reply', stage: 'rcpt', reply: { code: 550 } }],
] as const)(
  'a server that ends it %s: workerd knows how far the message came',
  async ([, script, handed]) => {
    const deeds: Partial<Record<string, string>> = script
    // The second session is the mailer's.
    const server = await startMisbehavingServer(({ moment, session }) =>
      session === 1 ? (deeds[moment] as ReturnType<Script>) : undefined,
    )
    const response = await fetch(`${probe.url}/?url=${encodeURIComponent(server.url)}`)
    const { wire, mailer } = (await response.json()) as { wire: object; mailer: object }
    expect(wire).toMatchObject(handed)
    expect(mailer).toMatchObject({ kind: 'accepted' })
  },
)
