import { expect, test } from 'vitest'
import { type Handed, judge, type Stage } from '../../src/domain/delivery.ts'
import { pauseAfter, retryPolicy } from '../../src/domain/retry-policy.ts'
import { ProtocolError, parseReply, ReplyReader, showReply } from '../../src/domain/smtp-reply.ts'

const said = (stage: Stage, text: string): Handed => ({ kind: 'reply', stage, reply: parseReply(text)! })

test.each<[Stage, string, object]>([
  ['dot', '250 2.0.0 queued', { kind: 'sent' }],
  ['rcpt', '450 4.2.1 later', { kind: 'deferred', slow: false }],
  ['rcpt', '451 greylisted', { kind: 'deferred' }],
  ['rcpt', '550 4.2.1 the enhanced code beats the basic one', { kind: 'deferred' }],
  ['rcpt', '450 5.1.1 and so it does here', { kind: 'failed', suppress: true }],
  ['rcpt', '552 5.2.2 full', { kind: 'deferred' }],
  ['mail', '552 5.2.2 whose mailbox is full', { kind: 'ours', reason: 'smtp-refused' }],
  ['rcpt', '450 2.0.0 a success that is none', { kind: 'deferred' }],
  ['rcpt', '550 2.0.0 a success that is none', { kind: 'failed', suppress: false }],
  ['rcpt', '550 5.1.1 unknown', { kind: 'failed', suppress: true }],
  ['rcpt', '556 5.1.10 null MX', { kind: 'failed', suppress: true }],
  ['dot', '550 5.1.1 unknown after all', { kind: 'failed', suppress: true }],
  ['rcpt', '550 no', { kind: 'failed', suppress: false }],
  ['rcpt', '553 5.1.3 bad address', { kind: 'failed', suppress: false }],
  ['dot', '554 5.6.0 bad content', { kind: 'failed', suppress: false }],
  ['dot', '552 5.3.4 too big', { kind: 'ours', reason: 'message-too-big' }],
  ['rcpt', '550 5.4.5 limit', { kind: 'ours', reason: 'limit-exceeded' }],
  ['mail', '535 5.7.8 no such key', { kind: 'ours', reason: 'smtp-sign-in' }],
  ['rcpt', '550 5.7.1 blocked', { kind: 'ours', reason: 'policy' }],
  ['dot', '550 5.7.515 authenticate', { kind: 'ours', reason: 'policy' }],
  ['mail', '550 who are you', { kind: 'ours', reason: 'smtp-refused' }],
  ['mail', '452 4.3.1 no room', { kind: 'again', slow: false }],
  ['mail', '421 4.7.0 slow down', { kind: 'again', slow: true }],
  ['rcpt', '421 4.7.0 slow down', { kind: 'deferred', slow: true }],
  ['dot', '421 4.7.0 slow down', { kind: 'deferred', slow: true }],
])('at %s "%s" means %o', (stage, text, verdict) => {
  expect(judge(said(stage, text))).toMatchObject(verdict)
})

test.each<[Stage, string]>([
  ['mail', 'again'],
  ['rcpt', 'deferred'],
  ['data', 'deferred'],
  ['body', 'deferred'],
  ['dot', 'unknown'],
])('a drop at %s is %s', (stage, kind) => {
  expect(judge({ kind: 'dropped', stage, why: 'gone' })).toMatchObject({ kind })
})

test('replies are read however they are cut', () => {
  const text = '250-2.1.0 one\r\n250 2.1.0 two\r\n354 go\r\n550-5.1.1 no\n550 5.1.1 body\r\n'
  for (let size = 1; size < text.length; size++) {
    const reader = new ReplyReader()
    const replies = text.match(new RegExp(`[^]{1,${size}}`, 'g'))!.flatMap(part => reader.read(part))
    expect(replies).toEqual([
      { code: 250, enhanced: '2.1.0', text: 'one two' },
      { code: 354, text: 'go' },
      { code: 550, enhanced: '5.1.1', text: 'no body' },
    ])
  }
})

const faultOf = (text: string) => {
  const reader = new ReplyReader()
  reader.read(text)
  return reader.fault
}

test('what is no reply is refused, and what has no end too', () => {
  expect(faultOf('HTTP/1.1 400 Bad Request\r\n')).toBeInstanceOf(ProtocolError)
  expect(faultOf('2'.repeat(70_000))).toBeInstanceOf(ProtocolError)
  expect(showReply({ code: 550, text: `a\x1b[31m${'b'.repeat(900)}` })).toHaveLength(500)
})

test('a reply of many lines is no longer than one of one line may be', () => {
  expect(faultOf(`250-${'x'.repeat(1000)}\r\n`.repeat(70))).toBeInstanceOf(ProtocolError)
})

test('what was said before nonsense counts, and nothing after it', () => {
  const reader = new ReplyReader()
  expect(reader.read('250 2.0.0 taken\r\nhello\r\n')).toEqual([
    { code: 250, enhanced: '2.0.0', text: 'taken' },
  ])
  expect(reader.read('250 2.0.0 taken\r\n')).toEqual([])
})

test('words beyond ASCII are read as UTF-8 where they are, and stand in every column', () => {
  const say = (bytes: Buffer) => new ReplyReader().read(bytes.toString('latin1'))[0]!
  expect(say(Buffer.from('550 5.1.1 Empfänger unbekannt\r\n')).text).toBe('Empfänger unbekannt')
  expect(say(Buffer.from('550 5.1.1 Empfänger unbekannt\r\n', 'latin1')).text).toBe('Empfänger unbekannt')
  expect(say(Buffer.from('550 no\rsuch\0user\r\n'))).toMatchObject({ code: 550, text: 'no\rsuch\0user' })
  // Somebody else has read this one as UTF-8 already.
  expect(parseReply('550 Empfänger 📮')).toEqual({ code: 550, text: 'Empfänger 📮' })
  const shown = showReply({ code: 550, text: `${'a'.repeat(495)}📮` })
  expect(shown).toHaveLength(500)
  expect(shown.isWellFormed()).toBe(true)
})

test('pauses grow up to four hours, a fifth more or less by chance', () => {
  const middle = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(attempts => pauseAfter(attempts, retryPolicy, 0.5))
  expect(middle).toEqual([...middle].sort((a, b) => a - b))
  expect(middle.at(-1)).toBe(4 * 60 * 60_000)
  expect(pauseAfter(2, retryPolicy, 0)).toBe(48_000)
  expect(pauseAfter(2, retryPolicy, 0.999999)).toBe(72_000)
})
