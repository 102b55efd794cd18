import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Keyring } from './keys.ts'

/** What a passkey's answer is for: one that was given for another purpose is none. */
export type ChallengePurpose = 'register' | 'sign-in' | 'prove'

export const challengeMinutes = 5
const lifetime = challengeMinutes * 60_000
const headLength = 2 + 6 + 16
const macLength = 16

/**
 * A challenge for a passkey: version of the key, end in milliseconds since 1970, 128 random bits, and an HMAC over
 * them, the purpose and the browser's secret. So nothing is kept until one is answered, whoever asks how often; what
 * was answered is kept, that it is good once.
 */
export function newChallenge(
  keys: Keyring,
  purpose: ChallengePurpose,
  browser: string,
  now = Date.now(),
): Uint8Array<ArrayBuffer> {
  const { version } = keys.current
  const head = Buffer.alloc(headLength)
  head.writeUInt16BE(version)
  head.writeUIntBE(now + lifetime, 2, 6)
  randomBytes(16).copy(head, 8)
  return new Uint8Array(Buffer.concat([head, macOf(keys.key(version, 'passkey')!, purpose, browser, head)]))
}

/** When a challenge, in base64url, ends; undefined where it is over, for something else, or no work of ours. */
export function readChallenge(
  keys: Keyring,
  purpose: ChallengePurpose,
  browser: string,
  text: string,
  now = Date.now(),
): Date | undefined {
  const octets = Buffer.from(text, 'base64url')
  if (octets.length !== headLength + macLength || octets.toString('base64url') !== text) return undefined
  const head = octets.subarray(0, headLength)
  const key = keys.key(head.readUInt16BE(), 'passkey')
  if (!key || !timingSafeEqual(octets.subarray(headLength), macOf(key, purpose, browser, head)))
    return undefined
  const end = head.readUIntBE(2, 6)
  return end > now ? new Date(end) : undefined
}

const macOf = (key: Uint8Array, purpose: ChallengePurpose, browser: string, head: Uint8Array): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify([purpose, browser]))
    .update(head)
    .digest()
    .subarray(0, macLength)
