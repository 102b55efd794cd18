import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { checkSenders } from '../../src/actions/check-senders.ts'
import { dmarcNames } from '../../src/domain/preflight/sender-domain.ts'
import { nodeFetcher } from '../../src/reading/node-fetcher.ts'
import { nodeResolver } from '../../src/reading/node-resolver.ts'
import { webResolver } from '../../src/reading/web-resolver.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { type Digest, findDigest } from '../../src/store/digests.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { localSite } from '../reading/local-site.ts'
import { openTestApp } from '../support/app.ts'
import { dnsServer } from '../support/dns-server.ts'

const { services } = await openTestApp()
const pair = () =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const [ours, other] = [pair(), pair()]
const dkim = { domain: 'ledger.example', selector: 'news', privateKey: ours.privateKey }
const dkimName = 'news._domainkey.ledger.example'
const keyRecord = (key: Buffer) => [`v=DKIM1; k=rsa; p=${key.toString('base64')}`.match(/.{1,200}/g)!]

const good = {
  'ledger.example': [['some other text'], ['v=spf1 include:mail.example -all']],
  [dkimName]: keyRecord(ours.publicKey),
  '_dmarc.ledger.example': [['v=DMARC1; p=none']],
}

let digest: Digest

beforeAll(async () => {
  const { db } = services
  await updatePublication(db, { senderAddress: 'desk@ledger.example' })
  const newsletter = (await addNewsletter(db, { slug: 'daily', name: 'Daily' }))!
  const id = await addDigest(db, { subject: 'S', preheader: '', blocks: [], newsletterIds: [newsletter.id] })
  digest = (await findDigest(db, id))!
})

const smtp = {
  kind: 'smtp',
  server: { by: 'smtp', url: 'smtp://mx.example' },
  host: 'mx.example',
  local: false,
} as const

async function check(zone: Parameters<typeof dnsServer>[0], config: object = {}) {
  const dns = await dnsServer(zone)
  const found = await checkSenders(
    {
      ...services,
      config: { ...services.config, transport: smtp, dkim, ...config },
      resolveTxt: nodeResolver({ servers: [dns.address] }),
    },
    digest,
  )
  return { found, asked: dns.asked }
}

const codes = async (zone: Parameters<typeof dnsServer>[0], config: object = {}) => {
  const { found } = await check(zone, config)
  return found.kind === 'checked' ? found.findings.map(({ level, code }) => `${level} ${code}`) : found.kind
}

describe('the sender’s domain', () => {
  test('is in order where SPF, our key and DMARC stand in the DNS', async () => {
    const { found, asked } = await check(good)
    expect(found).toEqual({ kind: 'checked', domains: ['ledger.example'], signed: true, findings: [] })
    expect(asked.toSorted()).toEqual(Object.keys(good).toSorted())
  })

  const none = undefined as unknown as string[][]
  test.each<[string, Partial<Record<keyof typeof good, string[][] | 'silence' | 'refused'>>, string[]]>([
    ['no SPF', { 'ledger.example': [['v=spf2 all']] }, ['warning spf-missing']],
    ['two SPF records', { 'ledger.example': [['v=spf1 -all'], ['v=spf1 mx -all']] }, ['warning spf-several']],
    ['no key', { [dkimName]: none }, ['warning dkim-missing']],
    ['another key', { [dkimName]: keyRecord(other.publicKey) }, ['warning dkim-other-key']],
    ['a key that was revoked', { [dkimName]: [['v=DKIM1; p=']] }, ['warning dkim-other-key']],
    ['no DMARC', { '_dmarc.ledger.example': none }, ['warning dmarc-missing']],
    [
      'two DMARC records',
      { '_dmarc.ledger.example': [['v=DMARC1; p=none'], ['v=DMARC1; p=reject']] },
      ['warning dmarc-several'],
    ],
    ['a server that refuses', { 'ledger.example': 'refused' }, ['unchecked dns-not-checked']],
  ])('%s is told', async (_, change, found) => {
    expect(await codes({ ...good, ...change })).toEqual(found)
  })

  test('a key in the bare form of the RFC is the same key', async () => {
    const bare = createPublicKey(ours.privateKey).export({ type: 'pkcs1', format: 'der' })
    expect(await codes({ ...good, [dkimName]: keyRecord(bare) })).toEqual([])
  })

  test('SPF is asked of the address that bounces go to, DMARC of the one that readers see, and above it', async () => {
    await updatePublication(services.db, { senderAddress: 'desk@news.ledger.example' })
    const { '_dmarc.ledger.example': dmarc, [dkimName]: key } = good
    const zone = { 'bounce.example': [['v=spf1 -all']], '_dmarc.ledger.example': dmarc, [dkimName]: key }
    expect(await codes(zone, { bounceAddress: 'b@bounce.example' })).toEqual([])
    expect(await codes(zone)).toEqual(['warning spf-missing'])
    await updatePublication(services.db, { senderAddress: 'desk@ledger.example' })
    expect(dmarcNames('a.b.example.com')).toEqual([
      '_dmarc.a.b.example.com',
      '_dmarc.b.example.com',
      '_dmarc.example.com',
    ])
    expect(dmarcNames(`${'x.'.repeat(60)}example.com`)).toHaveLength(8)
  })

  test('without a signature, and where nothing leaves this machine, less is asked', async () => {
    const { [dkimName]: _, ...unsigned } = good
    expect(await codes(unsigned, { dkim: undefined })).toEqual([])
    const mailbox = await check(good, { transport: { kind: 'mailbox' } })
    expect(mailbox).toEqual({ found: { kind: 'none', why: 'mailbox' }, asked: [] })
  })

  test('a server that says nothing ends the wait in time, and is no fault', async () => {
    const dns = await dnsServer({ 'ledger.example': 'silence' })
    const ask = nodeResolver({ servers: [dns.address] })
    const began = performance.now()
    expect(await ask('ledger.example', AbortSignal.timeout(200))).toEqual({ kind: 'unknown' })
    expect(performance.now() - began).toBeLessThan(1500)
    expect(await ask('ledger.example', AbortSignal.abort())).toEqual({ kind: 'unknown' })
  })
})

describe('over HTTPS, for Workers', () => {
  const ask = async (body: string, status = 200) => {
    const site = await localSite({
      '/dns-query': (_request, response) => void response.writeHead(status).end(body),
    })
    const fetcher = nodeFetcher({ allow: [site.hostPort], publicUrl: 'http://localhost' })
    return webResolver(fetcher, `${site.url}/dns-query`)('ledger.example', AbortSignal.timeout(2000))
  }

  test('the strings of a record are one, aliases on the way are none', async () => {
    const Answer = [
      { name: 'x', type: 5, data: 'elsewhere.example.' },
      { name: 'x', type: 16, data: '"v=DKIM1; p=MII" "BIj"' },
      { name: 'x', type: 16, data: '"a \\"quoted\\" word"' },
    ]
    expect(await ask(JSON.stringify({ Status: 0, Answer }))).toEqual({
      kind: 'records',
      records: ['v=DKIM1; p=MIIBIj', 'a "quoted" word'],
    })
  })

  test('no such name is an answer; anything else is none', async () => {
    expect(await ask('{"Status":3}')).toEqual({ kind: 'records', records: [] })
    for (const [body, status] of [['{"Status":2}'], ['<html>'], ['{}'], ['{"Status":0}', 500]] as const)
      expect(await ask(body, status)).toEqual({ kind: 'unknown' })
  })
})
