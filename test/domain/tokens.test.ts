import { describe, expect, test } from 'vitest'
import { createKeyring } from '../../src/domain/keys.ts'
import { readToken, signToken, type Token } from '../../src/domain/tokens.ts'
import { quickest } from '../support/quickest.ts'

const first = { version: 1, secret: 'the first secret of this house' }
const second = { version: 2, secret: 'the second secret of this house' }
const keys = createKeyring([first])

const purposes = ['confirm', 'objection', 'unsubscribe', 'manage', 'preferences', 'address'] as const

const tokens: Token[] = [
  { purpose: 'confirm', signUp: 1 },
  { purpose: 'objection', signUp: 9_007_199_254_740_991 },
  { purpose: 'unsubscribe', subscriber: 12, newsletters: [3] },
  { purpose: 'unsubscribe', subscriber: 12, newsletters: [3, 1, 2], dispatch: 44 },
  { purpose: 'manage', subscriber: 12 },
  { purpose: 'manage', subscriber: 12, dispatch: 44 },
  { purpose: 'preferences', subscriber: 12, expires: 1_800_000_000 },
  { purpose: 'address', subscriber: 12, notice: 5, expires: 1_800_000_000 },
]

describe.each(tokens)('$purpose', token => {
  const text = signToken(keys, token)

  test('comes back whole, in letters that every address may have', () => {
    expect(text).toMatch(/^[\w.-]+$/)
    expect(readToken(keys, [token.purpose], text)).toEqual({ kind: 'valid', token })
  })

  test('is foreign on the page of another purpose', () => {
    const others = purposes.filter(purpose => purpose !== token.purpose)
    expect(readToken(keys, others, text)).toEqual({ kind: 'foreign', purpose: token.purpose })
  })

  test('changed anywhere, cut or lengthened, is none', () => {
    for (let at = 0; at < text.length; at++)
      for (const letter of ['0', '7', 'A', 'b', '.', '-', '_']) {
        if (text[at] === letter) continue
        const forged = text.slice(0, at) + letter + text.slice(at + 1)
        expect([forged, readToken(keys, purposes, forged).kind]).toEqual([forged, 'invalid'])
      }
    for (let cut = 0; cut < text.length; cut++) {
      expect(readToken(keys, purposes, text.slice(0, cut)).kind).toBe('invalid')
      expect(readToken(keys, purposes, text.slice(cut + 1)).kind).toBe('invalid')
    }
    for (const more of ['A', '.', '=', '==', '.1', ' ', '\n', '%00'])
      expect(readToken(keys, purposes, text + more).kind).toBe('invalid')
  })

  test('is read under a new first key, and under no key that is not ours', () => {
    expect(readToken(createKeyring([second, first]), purposes, text)).toEqual({ kind: 'valid', token })
    expect(readToken(createKeyring([second]), purposes, text).kind).toBe('invalid')
    expect(readToken(createKeyring([{ ...second, version: 1 }]), purposes, text).kind).toBe('invalid')
  })
})

test('the links of mails sent today are read for ever: these may not change', () => {
  expect(tokens.map(token => signToken(keys, token))).toEqual([
    '1.c.1.9AlJG0-25_CEyRDfMVDnxw',
    '1.o.9007199254740991.lwJC1LaSm3YM31fxKLgavA',
    '1.u.12.3.MRr9hiizS0WStqU88gxXzQ',
    '1.u.12.3-1-2.44.ziX19J0M-JMgXAgwWcyhkA',
    '1.m.12.GQL7D7JXtfMuqeEqpv5vDg',
    '1.m.12.44.B3Z_3MEpmUOLT6Vvz7A8xw',
    '1.p.12.1800000000.40l_b1rGEH_o8PWWlH9TeQ',
    '1.a.12.5.1800000000.-JKYOD1lFiVub_bGr5Dmfg',
  ])
})

test('a token signed for one purpose never passes for another, though its fields would', () => {
  const confirm = signToken(keys, { purpose: 'confirm', signUp: 7 })
  const objection = signToken(keys, { purpose: 'objection', signUp: 7 })
  expect(readToken(keys, purposes, confirm.replace('.c.', '.o.')).kind).toBe('invalid')
  expect(confirm.split('.').at(-1)).not.toBe(objection.split('.').at(-1))
})

test('the newest key signs', () => {
  const rotated = createKeyring([second, first])
  expect(signToken(rotated, tokens[0]!)).toMatch(/^2\.c\./)
})

test.each([
  ['', 'nothing'],
  ['....', 'dots'],
  ['1.c.1', 'no signature'],
  ['1.c..AAAAAAAAAAAAAAAAAAAAAA', 'no field'],
  ['1.z.1.AAAAAAAAAAAAAAAAAAAAAA', 'no purpose of ours'],
  ['__proto__.c.1.AAAAAAAAAAAAAAAAAAAAAA', 'no version'],
  ['1.c.1.AAAAAAAAAAAAAAAAAAAAAA', 'another signature'],
  ['1.c.1.ÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄÄ', 'letters that no token has'],
  [`1.u.1.${'1-'.repeat(5000)}1.AAAAAAAAAAAAAAAAAAAAAA`, '10,000 newsletters'],
  ['1.c.1\u0000.AAAAAAAAAAAAAAAAAAAAAA', 'a NUL'],
  ['1'.repeat(100_000), 'a hundred thousand digits'],
  [`1.c${'.1'.repeat(900)}`, 'fields without end'],
])('%j is invalid: %s', async text => {
  expect(readToken(keys, purposes, text)).toEqual({ kind: 'invalid' })
  expect(await quickest(() => readToken(keys, purposes, text))).toBeLessThan(50)
})
