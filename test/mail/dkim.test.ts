import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { describe, expect, test } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { type DkimKey, identityAt } from '../../src/mail/dkim.ts'
import { prepareMessage } from '../../src/mail/message.ts'
import { aDigest, aMessage, ana, joined } from './a-digest.ts'

const pair = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const { privateKey, publicKey } = pair(2048)
const key: DkimKey = { domain: 'ledger.example', selector: 'autumn', privateKey }

async function verify(source: Buffer | string) {
  const resolver = async (name: string, type: string) => {
    if (type !== 'TXT' || name !== 'autumn._domainkey.ledger.example')
      throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' })
    return [[`v=DKIM1; k=rsa; p=${publicKey.toString('base64')}`]]
  }
  const { results } = await dkimVerify(Buffer.from(source), { resolver })
  expect(results).toHaveLength(1)
  return results[0]!
}

const signedFor = async (values = ana, dkim = key, message = aMessage()) =>
  joined(await prepareMessage(await message, { dkim }).for(values))

const listOf = (source: Buffer) =>
  /h=([^;]*);/.exec(source.toString('latin1'))![1]!.replace(/\s/g, '').split(':')

describe('a signed digest', () => {
  test.each([
    ana,
    { ...ana, name: '' },
    { ...ana, name: 'Jürgen Groß' },
    { ...ana, name: 'double  space . ' },
    { ...ana, address: 'jürgen@example.com' },
    { ...ana, unsubscribeUrl: `${ana.unsubscribeUrl}${'0123456789'.repeat(40)}` },
  ])('is verified by another implementation (%#)', async values => {
    const { status, signingDomain } = await verify(await signedFor(values))
    expect(status.result, status.comment).toBe('pass')
    expect(status.aligned).toBe('ledger.example')
    expect(signingDomain).toBe('ledger.example')
  })

  test('is verified with a subject that is folded and encoded', async () => {
    const subject = 'Über die Größe der Wörter, '.repeat(6)
    const source = await signedFor(ana, key, aMessage(aDigest({ subject })))
    expect((await verify(source)).status.result).toBe('pass')
  })

  test('signs what the rules name, and those that must not come twice once more', async () => {
    const list = listOf(await signedFor())
    const count = (name: string) => list.filter(one => one === name).length
    for (const name of ['Message-ID', 'MIME-Version', 'List-Id']) expect(count(name), name).toBe(1)
    for (const name of [
      'From',
      'To',
      'Subject',
      'Date',
      'Reply-To',
      'Content-Type',
      'List-Unsubscribe',
      'List-Unsubscribe-Post',
    ])
      expect(count(name), name).toBe(2)
    expect(count('Cc')).toBe(1)
    const source = (await signedFor()).toString('latin1')
    expect(source).toMatch(/^DKIM-Signature: v=1; a=rsa-sha256; c=relaxed\/relaxed; d=ledger\.example;\r\n/)
    expect(source.slice(0, source.indexOf('\r\nFrom:'))).not.toMatch(/[;\s]l=/)
  })

  test.each([
    'Subject: Another subject',
    'List-Unsubscribe: <https://evil.example/>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'From: Evil <evil@evil.example>',
    'To: all@example.com',
    'Cc: all@example.com',
    'Date: Tue, 23 Jun 2026 05:30:01 +0000',
    'Reply-To: evil@evil.example',
    'Content-Type: text/html',
  ])('is broken by another %s', async header => {
    const source = (await signedFor()).toString('latin1')
    const before = await verify(source.replace('\r\nFrom:', `\r\n${header}\r\nFrom:`))
    expect(before.status.result).not.toBe('pass')
    const after = await verify(source.replace('\r\n\r\n', `\r\n${header}\r\n\r\n`))
    expect(after.status.result).not.toBe('pass')
  })

  test('is broken by another word in the body, not by what a relay does to white space', async () => {
    const source = (await signedFor()).toString('latin1')
    expect((await verify(source.replace('facial recog', 'racial recog'))).status.result).not.toBe('pass')
    expect((await verify(source.replace('MIME-Version: 1.0', 'MIME-Version:   1.0  '))).status.result).toBe(
      'pass',
    )
    expect((await verify(`${source}\r\n\r\n`)).status.result).toBe('pass')
  })

  test('without Reply-To, a Reply-To that is added breaks it', async () => {
    const source = await signedFor(ana, key, aMessage(aDigest(), { replyTo: null }))
    expect((await verify(source)).status.result).toBe('pass')
    const changed = source.toString('latin1').replace('\r\nFrom:', '\r\nReply-To: evil@evil.example\r\nFrom:')
    expect((await verify(changed)).status.result).not.toBe('pass')
  })
})

test('where the provider replaces Date and Message-ID, neither is signed', async () => {
  const source = await signedFor(ana, { ...key, identity: 'replaced' })
  expect(listOf(source)).not.toContain('Date')
  expect(listOf(source)).not.toContain('Message-ID')
  const replaced = source
    .toString('latin1')
    .replace(/\r\nDate: [^\r]*/, '\r\nDate: Wed, 24 Jun 2026 00:00:00 +0000')
    .replace(/\r\nMessage-ID: [^\r]*/, '\r\nMessage-ID: <other@email.amazonses.com>')
  expect((await verify(replaced)).status.result).toBe('pass')
  expect(replaced).toContain('X-Broadsheet-Delivery: 7.123')
  const keys = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'secret' }
  const at = (url: string, env = {}) => identityAt(parseConfig({ SMTP_URL: url, ...keys, ...env }).transport)
  expect(at('smtps://u:p@email-smtp.eu-west-1.amazonaws.com')).toBe('replaced')
  expect(at('smtps://u:p@email-smtp.eu-west-1.amazonaws.com:465')).toBe('replaced')
  expect(at('ses:eu-west-1')).toBe('replaced')
  expect(at('ses:eu-west-1', { SES_ENDPOINT: 'http://localhost:8005' })).toBe('replaced')
  expect(at('smtp://smtp.example.com')).toBe('kept')
})

test('a key of 1024 bits is refused', async () => {
  const message = await aMessage()
  expect(() => prepareMessage(message, { dkim: { ...key, privateKey: pair(1024).privateKey } })).toThrow(
    /2048/,
  )
})
