import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import {
  addressHash,
  addressHashes,
  createKeyring,
  type Purpose,
  parseSecretKeys,
} from '../../src/domain/keys.ts'

const first = { version: 1, secret: 'the first secret of this house' }
const second = { version: 2, secret: 'the second secret of this house' }
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString('hex')

test.each([
  ['a bare secret of 30 letters', [{ version: 1, secret: 'a bare secret of 30 letters' }]],
  ['7:sixteen letters.', [{ version: 7, secret: 'sixteen letters.' }]],
  [`2:${second.secret} , 1:${first.secret},`, [second, first]],
  ['1:with:colons:in:the:secret', [{ version: 1, secret: 'with:colons:in:the:secret' }]],
  ['9999:éééééééééééééééé', [{ version: 9999, secret: 'éééééééééééééééé' }]],
])('%j is read', (text, keys) => {
  expect(parseSecretKeys(text)).toEqual({ keys })
})

test.each([
  ['', 'it is empty'],
  [' , ,', 'it is empty'],
  ['short', 'key 1 is shorter than 16'],
  ['2:short', 'key 2 is shorter than 16'],
  [`0:${first.secret}`, 'versions start at 1'],
  [`1:${first.secret},1:${second.secret}`, 'version 1 is there twice'],
  [`2:${second.secret},${first.secret}`, 'each key of a list needs its version'],
  [`10000:${first.secret},1:${second.secret}`, 'each key of a list needs its version'],
])('%j is refused: %s', (text, fault) => {
  expect(parseSecretKeys(text)).toEqual({ fault: expect.stringContaining(fault) })
})

test('each purpose and each version has a key of its own, the same in every process', () => {
  const keys = createKeyring([second, first])
  const purposes: Purpose[] = [
    'confirm',
    'objection',
    'unsubscribe',
    'manage',
    'preferences',
    'address',
    'sign-in',
    'suppression',
    'bounce',
    'form',
  ]
  const all = [1, 2].flatMap(version => purposes.map(purpose => hex(keys.key(version, purpose))))
  expect(new Set(all).size).toBe(2 * purposes.length)
  expect(all.every(key => key?.length === 64)).toBe(true)
  // RFC 5869 by hand, since links in mails long sent depend on it.
  const extracted = createHmac('sha256', 'broadsheet').update(first.secret).digest()
  expect(hex(keys.key(1, 'unsubscribe'))).toBe(
    createHmac('sha256', extracted).update('unsubscribe\u0001').digest('hex'),
  )
  expect(hex(createKeyring([first]).key(1, 'unsubscribe'))).toBe(hex(keys.key(1, 'unsubscribe')))
  expect(keys.key(3, 'confirm')).toBeUndefined()
  expect(keys.current).toBe(second)
  expect(keys.versions).toEqual([2, 1])
  expect(() => createKeyring([])).toThrow()
})

test('a fingerprint tells keys apart and versions too, and holds nothing of the secret', () => {
  const keys = createKeyring([second, first])
  expect(keys.fingerprint(1)).toMatch(/^[0-9a-f]{16}$/)
  expect(keys.fingerprint(1)).toBe(createKeyring([first]).fingerprint(1))
  expect(keys.fingerprint(1)).not.toBe(createKeyring([{ ...second, version: 1 }]).fingerprint(1))
  expect(keys.fingerprint(1)).not.toBe(createKeyring([{ ...first, version: 2 }]).fingerprint(2))
})

test('an erased address is found again under every version of the key, and under no other key', () => {
  const before = createKeyring([first])
  const after = createKeyring([second, first])
  const kept = hex(addressHash(before, 'ana@example.com'))
  expect(kept).toHaveLength(64)
  expect(addressHashes(after, 'ana@example.com').map(hex)).toContain(kept)
  expect(addressHashes(after, 'ana@example.com').map(hex)[0]).toBe(hex(addressHash(after, 'ana@example.com')))
  expect(addressHashes(createKeyring([{ ...second, version: 1 }]), 'ana@example.com').map(hex)).not.toContain(
    kept,
  )
  expect(addressHashes(after, 'ben@example.com').map(hex)).not.toContain(kept)
  expect(() => addressHash(after, 'ana@example.com', 3)).toThrow('version 3')
})
