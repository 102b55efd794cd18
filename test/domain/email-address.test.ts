import { describe, expect, test } from 'vitest'
import {
  type AddressRefusal,
  domainOf,
  type EmailAddress,
  isRoleAddress,
  maskAddress,
  parseEmailAddress,
  suggestAddress,
} from '../../src/domain/email-address.ts'
import { quickest } from '../support/quickest.ts'

function read(typed: string): EmailAddress {
  const reading = parseEmailAddress(typed)
  if (reading.kind === 'refused') throw new Error(`${typed} is refused: ${reading.reason}`)
  return reading.address
}

/** A domain of so many octets. */
const longDomain = (octets: number) => `${`${'b'.repeat(63)}.`.repeat(3)}${'b'.repeat(octets - 196)}.com`

describe('what is an address', () => {
  test.each([
    ['ana@example.com', 'ana@example.com'],
    [' ana@example.com\r\n', 'ana@example.com'],
    ['\ufeffana@example.com', 'ana@example.com'],
    ['Ana.Lovelace@EXAMPLE.Com', 'Ana.Lovelace@example.com'],
    ["o'brien+news@sub.example.co.uk", "o'brien+news@sub.example.co.uk"],
    ['a!#$%&*/=?^_`{|}~-@example.com', 'a!#$%&*/=?^_`{|}~-@example.com'],
    ['a@1-2.co', 'a@1-2.co'],
    // IDNA: A-labels, whatever was typed.
    ['a@bücher.example', 'a@xn--bcher-kva.example'],
    ['a@BÜCHER.example', 'a@xn--bcher-kva.example'],
    ['a@xn--bcher-kva.example', 'a@xn--bcher-kva.example'],
    ['a@bücher。example', 'a@xn--bcher-kva.example'],
    ['a@ＥＸＡＭＰＬＥ.com', 'a@example.com'],
    ['a@faß.de', 'a@xn--fa-hia.de'],
    ['a@example.中国', 'a@example.xn--fiqs8s'],
    // NFC: typed on a Mac or not, it is the same reader.
    ['e\u0301va@example.com', 'éva@example.com'],
    ['用户@例え.jp', '用户@xn--r8jz45g.jp'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    [`${'ä'.repeat(32)}@example.com`, `${'ä'.repeat(32)}@example.com`],
    [`a@${longDomain(252)}`, `a@${longDomain(252)}`],
  ])('%j', (typed, address) => {
    expect(read(typed).address).toBe(address)
  })

  test.each<[string, AddressRefusal]>([
    ['', 'empty'],
    [' \t\n', 'empty'],
    ['ana', 'no-at'],
    ['ana.example.com', 'no-at'],
    ['@example.com', 'malformed'],
    ['a..b@example.com', 'malformed'],
    ['.a@example.com', 'malformed'],
    ['a.@example.com', 'malformed'],
    ['a b@example.com', 'malformed'],
    ['a\u00a0b@example.com', 'malformed'],
    ['"a b"@example.com', 'malformed'],
    ['"a"@example.com', 'malformed'],
    ['a@b@example.com', 'malformed'],
    ['a\\@b@example.com', 'malformed'],
    ['(me)a@example.com', 'malformed'],
    ['Ana <a@example.com>', 'malformed'],
    ['mailto:a@example.com', 'malformed'],
    ['a@example.com,b@example.com', 'malformed'],
    // What nobody sees, or what turns the rest around.
    ['a\u200b@example.com', 'malformed'],
    ['a\u00ad@example.com', 'malformed'],
    ['a@exa\u200dmple.com', 'malformed'],
    ['a\u202e@example.com', 'malformed'],
    ['a@example.com\u202e', 'malformed'],
    ['a\u2066b@example.com', 'malformed'],
    ['a@example.com\u0000', 'malformed'],
    ['a\ud800@example.com', 'malformed'],
    ['a\r\nBcc: b@example.com', 'malformed'],
    ['a@exam\rple.com', 'malformed'],
    ['a@', 'domain'],
    ['a@x', 'domain'],
    ['a@localhost', 'domain'],
    ['a@x.c', 'domain'],
    ['a@example.123', 'domain'],
    ['a@127.0.0.1', 'domain'],
    ['a@１２７.0.0.1', 'domain'],
    ['a@0x7f.1', 'domain'],
    ['a@[127.0.0.1]', 'domain'],
    ['a@[IPv6:::1]', 'domain'],
    ['a@example.com.', 'domain'],
    ['a@.example.com', 'domain'],
    ['a@example..com', 'domain'],
    ['a@-example.com', 'domain'],
    ['a@example-.com', 'domain'],
    ['a@exam_ple.com', 'domain'],
    ['a@ex%61mple.com', 'domain'],
    ['a@example.com:25', 'domain'],
    ['a@example.com/x', 'domain'],
    ['a@example.com?subject=x', 'domain'],
    ['a@example.com(comment)', 'domain'],
    ['<a@example.com>', 'domain'],
    [`a@${'b'.repeat(64)}.com`, 'domain'],
    [`${'a'.repeat(65)}@example.com`, 'too-long'],
    [`${'ä'.repeat(33)}@example.com`, 'too-long'],
    [`a@${longDomain(253)}`, 'too-long'],
    [`${'a'.repeat(10_000)}@example.com`, 'too-long'],
    [`a@${'b.'.repeat(5_000)}com`, 'too-long'],
  ])('%j is none: %s', (typed, reason) => {
    expect(parseEmailAddress(typed)).toEqual({ kind: 'refused', reason })
  })

  test('10,000 characters of anything are read in no time', async () => {
    const took = await quickest(() => {
      for (const piece of ['a', '.', '@', 'a@', 'a.b@', '"', '(', '\\', 'ü', 'xn--', '\u200b', ' '])
        parseEmailAddress(`${piece.repeat(10_000)}@example.com`)
    })
    expect(took).toBeLessThan(200)
  })
})

test('letters beyond ASCII before the @ need SMTPUTF8, after it they do not', () => {
  expect(read('пётр@пример.рф')).toMatchObject({ domain: 'xn--e1afmkfd.xn--p1ai', needsUtf8: true })
  expect(read('petr@пример.рф').needsUtf8).toBe(false)
})

test('the same reader however it is typed; with dots and tags the same for limits only', () => {
  expect(read('Ana@Example.com').key).toBe(read('aNA@eXAMPLE.COM').key)
  const ana = read('ana.b@gmail.com')
  for (const typed of ['A.n.A.b+news@googlemail.com', 'anab@gmail.com', 'ana.b+x+y@gmail.com']) {
    expect(read(typed).limitKey).toBe(ana.limitKey)
    expect(read(typed).key).not.toBe(ana.key)
  }
  expect(read('ana.b+x@example.com').limitKey).toBe('ana.b@example.com')
  expect(read('anab@example.com').limitKey).not.toBe(read('ana.b@example.com').limitKey)
  expect(read('+ana@gmail.com').limitKey).toBe('+ana@gmail.com')
})

describe('a likely misspelling', () => {
  test.each([
    ['ana@gmial.com', 'ana@gmail.com'],
    ['Ana+x@gmai.com', 'Ana+x@gmail.com'],
    ['ana@gmaill.com', 'ana@gmail.com'],
    ['ana@gmail.con', 'ana@gmail.com'],
    ['ana@gmail.co', 'ana@gmail.com'],
    ['ana@hotmial.com', 'ana@hotmail.com'],
    ['ana@yaho.com', 'ana@yahoo.com'],
    ['ana@outlok.com', 'ana@outlook.com'],
    ['ana@iclod.com', 'ana@icloud.com'],
    ['ana@posteo.dr', 'ana@posteo.de'],
  ])('%s: did you mean %s?', (typed, meant) => {
    expect(suggestAddress(read(typed))).toBe(meant)
  })

  test.each([
    'gmail.com',
    'mail.com',
    'ymail.com',
    'email.com',
    'gmx.de',
    'gmx.at',
    'web.de',
    'example.com',
    'gmail.de',
    'yahoo.ca',
    'bmw.de',
    'me.com',
    'aol.de',
  ])('%s is left alone', domain => {
    expect(suggestAddress(read(`ana@${domain}`))).toBeUndefined()
  })
})

test('what others may see of an address, since digests are forwarded', () => {
  expect(maskAddress('ana@example.com')).toBe('a•••@e•••.com')
  expect(maskAddress('😀x@sub.example.co.uk')).toBe('😀•••@s•••.uk')
  expect(maskAddress('nonsense')).not.toContain('nonsense')
})

test('offices rather than people are known by their names', () => {
  expect(['info@example.com', 'postmaster@example.com', 'no-reply@example.com'].map(isRoleAddress)).toEqual([
    ...[true, true, true],
  ])
  expect(isRoleAddress('infold@example.com')).toBe(false)
  expect(domainOf('Ana@Example.COM')).toBe('example.com')
})
