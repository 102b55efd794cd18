import { generateKeyPairSync } from 'node:crypto'
import { dkimVerify } from 'mailauth/lib/dkim/verify.js'
import { expect, test } from 'vitest'
import { noticeMessage } from '../../src/mail/notice-message.ts'
import { readMessage } from '../../src/mail/read-message.ts'

const letter = {
  from: { name: 'Täglich, „Nord“', address: 'news@paper.example' },
  to: 'ana@example.com',
  replyTo: 'desk@paper.example',
  subject: 'Bestätigen Sie „Morgen“: ein Betreff, der weit über eine Zeile hinausgeht, mit Grüßen',
  html: `<p>Grüße  mit   Leerzeichen  </p>\n.punkt\n${'x'.repeat(3000)}`,
  text: 'Grüße  mit   Leerzeichen  \n\n.punkt\n\nFrom here on\n\n\n',
  messageId: '<7@paper.example>',
}

test('a notice says what it is, in lines that every server takes', async () => {
  const message = (await noticeMessage(letter)).toString('latin1')
  expect(message.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  for (const line of message.split('\r\n')) expect(line.length).toBeLessThanOrEqual(78)
  expect(message).toContain('Auto-Submitted: auto-generated\r\n')
  expect(message.match(/^From:/gm)).toHaveLength(1)
  for (const word of message.match(/=\?[^?]+\?[QB]\?[^?]*\?=/g) ?? [])
    expect(word.length).toBeLessThanOrEqual(75)
  const read = await readMessage(Buffer.from(message, 'latin1'))
  expect(read).toMatchObject({ subject: letter.subject, messageId: '<7@paper.example>' })
  expect(read.fromLine).toBe('Täglich, „Nord“ <news@paper.example>')
  expect(read.text?.trimEnd()).toBe(letter.text.trimEnd())
  expect(message.indexOf('text/plain')).toBeLessThan(message.indexOf('text/html'))
})

test.for(['subject', 'replyTo', 'to'] as const)('a line break in %s is refused', async field => {
  await expect(noticeMessage({ ...letter, [field]: 'a\r\nBcc: everyone@example.com' })).rejects.toThrow(
    'line break',
  )
})

test('its signature verifies, and breaks when a header is added', async () => {
  const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const dkim = {
    domain: 'paper.example',
    selector: 's1',
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  }
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  const verdict = async (message: Buffer) => {
    const { results } = await dkimVerify(message, {
      resolver: async () => [[`v=DKIM1; k=rsa; p=${publicKey}`]],
    })
    return results[0]?.status.result
  }
  const message = await noticeMessage({ ...letter, dkim })
  expect(await verdict(message)).toBe('pass')
  expect(await verdict(Buffer.concat([Buffer.from('Subject: another\r\n'), message]))).not.toBe('pass')
})
