import { createHash, createHmac, hkdfSync } from 'node:crypto'

/** One version of SECRET_KEY. */
export type SecretKey = { version: number; secret: string }

/** What a derived key is for. A token made for one purpose never passes for another. */
export type Purpose =
  | 'confirm'
  | 'objection'
  | 'unsubscribe'
  | 'manage'
  | 'preferences'
  | 'address'
  | 'preview'
  | 'sign-in'
  | 'passkey'
  | 'suppression'
  | 'bounce'
  | 'form'
  | 'link'

/** The secret keys, newest first: the first signs, all verify. */
export type Keyring = {
  current: SecretKey
  versions: readonly number[]
  /** The HKDF key (RFC 5869, SHA-256, 32 octets) of a version for a purpose; undefined for a version we do not have. */
  key(version: number, purpose: Purpose): Uint8Array | undefined
  /** Tells keys apart without giving them away. */
  fingerprint(version: number): string
}

/**
 * Reads SECRET_KEY: `2:newest,1:older`, or one bare secret, which is version 1.
 * Answers the faults in words for the person who starts the process.
 */
export function parseSecretKeys(text: string): { keys: SecretKey[] } | { fault: string } {
  const parts = text
    .split(',')
    .map(part => part.trim())
    .filter(Boolean)
  const keys: SecretKey[] = []
  for (const part of parts) {
    const match = /^(\d{1,4}):(.+)$/.exec(part)
    if (!match && parts.length > 1)
      return { fault: 'each key of a list needs its version, such as 2:newest,1:older' }
    const version = match ? Number(match[1]) : 1
    const secret = match ? match[2]! : part
    if (secret.length < 16)
      return { fault: `key ${version} is shorter than 16 characters; openssl rand -hex 32 makes a good one` }
    if (version < 1) return { fault: 'versions start at 1' }
    if (keys.some(key => key.version === version)) return { fault: `version ${version} is there twice` }
    keys.push({ version, secret })
  }
  return keys.length ? { keys } : { fault: 'it is empty' }
}

/** Derives all keys from the secrets. Throws where the list is empty. */
export function createKeyring(keys: readonly SecretKey[]): Keyring {
  const current = keys[0]
  if (!current) throw new Error('a keyring needs at least one key')
  const derived = new Map<string, Uint8Array>()
  const secretOf = (version: number) => keys.find(key => key.version === version)?.secret
  return {
    current,
    versions: keys.map(key => key.version),
    key(version, purpose) {
      const name = `${version}.${purpose}`
      const known = derived.get(name)
      if (known) return known
      const secret = secretOf(version)
      if (secret === undefined) return undefined
      const key = new Uint8Array(hkdfSync('sha256', secret, 'broadsheet', purpose, 32))
      derived.set(name, key)
      return key
    },
    fingerprint: version =>
      createHash('sha256')
        .update(`broadsheet fingerprint ${version} ${secretOf(version)}`)
        .digest('hex')
        .slice(0, 16),
  }
}

/** The keyed hash under which an address stays suppressed after erasure: 32 octets, with the key's version. */
export function addressHash(keys: Keyring, addressKey: string, version = keys.current.version): Uint8Array {
  const key = keys.key(version, 'suppression')
  if (!key) throw new Error(`no secret key of version ${version}`)
  return new Uint8Array(createHmac('sha256', key).update(addressKey).digest())
}

/** The hashes of an address under every version of the key: what a look-up compares with. */
export const addressHashes = (keys: Keyring, addressKey: string): Uint8Array[] =>
  keys.versions.map(version => addressHash(keys, addressKey, version))
