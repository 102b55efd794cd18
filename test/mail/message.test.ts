import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import type { PersonalValues } from '../../src/domain/rendering.ts'
import { HeaderError } from '../../src/mail/headers.ts'
import { prepareMessage } from '../../src/mail/message.ts'
import { fillPieces } from '../../src/mail/render/slots.ts'
import { aDigest, aMessage, ana, compiled, joined } from './a-digest.ts'

const prepared = prepareMessage(await aMessage())
const sourceFor = async (values: PersonalValues) => joined(await prepared.for(values))

const readers: PersonalValues[] = [
  ana,
  { ...ana, name: '' },
  { ...ana, name: 'Jürgen Groß-Österreich 👩‍🚀' },
  { ...ana, name: 'דנה כהן' },
  { ...ana, name: '.dot first' },
  { ...ana, name: 'From Russia' },
  { ...ana, name: 'Ana  <script>alert("1")</script> & =3D' },
  { ...ana, name: `${'Wolfeschlegelsteinhausenbergerdorff '.repeat(6)}Senior` },
  {
    ...ana,
    unsubscribeUrl: `https://ledger.example/unsubscribe/1.u.9007199254740991.${'12345-'.repeat(40)}1.abcdefghijklmnopqrstuv`,
  },
]

describe('a message for a reader', () => {
  test.each(readers)('has just what was rendered, in both parts (%#)', async values => {
    const pieces = await compiled(aDigest())
    const mail = await PostalMime.parse(await sourceFor(values))
    expect(mail.text!.trimEnd()).toBe(fillPieces(pieces.text, values, 'text').trimEnd())
    expect(mail.html!.trimEnd()).toBe(fillPieces(pieces.html, values, 'html').trimEnd())
  })

  test.each(readers)('keeps to the lines that mail allows (%#)', async values => {
    const source = (await sourceFor(values)).toString('latin1')
    expect(source).toMatch(/^[\x20-\x7e\r\n]*$/)
    expect(source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    const body = source.slice(source.indexOf('\r\n\r\n') + 4)
    for (const line of source.split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(998)
      expect(line).not.toMatch(/^\./)
    }
    for (const line of body.split('\r\n')) expect(line.length).toBeLessThanOrEqual(76)
  })

  test('has each header once, and what one-click needs', async () => {
    const { headers, ...mail } = await PostalMime.parse(await sourceFor(ana))
    const valuesOf = (name: string) => headers.filter(header => header.key === name).map(({ value }) => value)
    expect(new Set(headers.map(header => header.key)).size).toBe(headers.length)
    expect(mail.from).toEqual({ name: 'The Ledger', address: 'brief@ledger.example' })
    expect(mail.to).toEqual([{ name: 'Ana', address: 'ana@example.com' }])
    expect(valuesOf('reply-to')).toEqual(['desk@ledger.example'])
    expect(valuesOf('subject')).toEqual(['IBM leaves facial recognition, asks to talk'])
    expect(valuesOf('date')).toEqual(['Tue, 23 Jun 2026 05:30:00 +0000'])
    expect(valuesOf('message-id')).toEqual(['<7.123.0a1b2c@ledger.example>'])
    expect(valuesOf('list-id')).toEqual(['Morning Brief <morning-brief.ledger.example>'])
    expect(valuesOf('list-unsubscribe')).toEqual([`<${ana.unsubscribeUrl}>`])
    expect(valuesOf('list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click'])
    expect(valuesOf('feedback-id')).toEqual(['7:morning-brief:digest:ledger.example'])
    expect(valuesOf('x-broadsheet-delivery')).toEqual(['7.123'])
    expect(valuesOf('mime-version')).toEqual(['1.0'])
    expect(valuesOf('auto-submitted')).toEqual([])
    expect(valuesOf('precedence')).toEqual([])
  })

  test('is the same bytes on a retry', async () => {
    expect(await sourceFor(ana)).toEqual(await sourceFor(ana))
  })

  test('goes to a local part beyond ASCII as UTF-8', async () => {
    const source = await sourceFor({ ...ana, address: 'jürgen@xn--grn-hoa.example' })
    expect(source.toString('utf8')).toContain('To: Ana <jürgen@xn--grn-hoa.example>\r\n')
  })

  test.each([
    { name: 'Ana\r\nBcc: all@example.com' },
    { address: 'ana@example.com\r\nBcc: all@example.com' },
    { messageId: '<a@b>\nX: y' },
    { unsubscribeUrl: 'https://ledger.example/\r\nX: y' },
  ])('refuses a line break (%#)', hostile => {
    expect(() => prepared.for({ ...ana, ...hostile })).toThrow(HeaderError)
  })

  test('shares its constant parts with all others', async () => {
    const [one, other] = await Promise.all([prepared.for(ana), prepared.for({ ...ana, name: 'Bo' })])
    const large = (chunks: typeof one) => chunks.filter(chunk => chunk.length > 2000)
    expect(large(one).length).toBeGreaterThan(1)
    for (const [index, chunk] of large(one).entries()) expect(large(other)[index]).toBe(chunk)
  })
})

test.each([
  { subject: 'News\r\nBcc: all@example.com' },
  { fromName: 'The\nLedger' },
  { replyTo: 'a@b.example\r\nX: y' },
  { listName: 'Brief\r\nX: y' },
])('a message with a line break in a header is not compiled (%#)', async hostile => {
  await expect(aMessage(aDigest(), hostile)).rejects.toThrow(HeaderError)
})

test('a message survives the database, which keeps it as JSON', async () => {
  const message = await aMessage()
  const kept = JSON.parse(JSON.stringify(message))
  expect(joined(await prepareMessage(kept).for(ana))).toEqual(joined(await prepareMessage(message).for(ana)))
})
