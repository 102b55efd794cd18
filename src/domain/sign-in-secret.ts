import { createHmac, randomBytes } from 'node:crypto'
import type { Keyring } from './keys.ts'
import { hashSecret } from './secrets.ts'

/**
 * The secret of a mailed sign-in link. The outbox keeps the nonce and `sign_in_links` the hash; the secret itself
 * is made from the nonce when the mail is composed, so that a copy of the database alone lets nobody in.
 */
export type SignInSecret = { nonce: string; secret: string; hash: Uint8Array }

/** A new secret, under the newest key: 256 bits, base64url. */
export function newSignInSecret(keys: Keyring): SignInSecret {
  const nonce = `${keys.current.version}.${randomBytes(16).toString('base64url')}`
  const secret = signInSecret(keys, nonce)!
  return { nonce, secret, hash: hashSecret(secret) }
}

/** The secret of a nonce; undefined where the key that it was made with is gone. */
export function signInSecret(keys: Keyring, nonce: string): string | undefined {
  const key = keys.key(Number(nonce.split('.')[0]), 'sign-in')
  return key && createHmac('sha256', key).update(nonce).digest('base64url')
}
