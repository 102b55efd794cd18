import { createHash, randomBytes } from 'node:crypto'

/** A new secret of 256 random bits, in base64url: 43 characters. */
export const newSecret = (): string => randomBytes(32).toString('base64url')

/** What is kept of a secret that has so many bits that no salt is needed: SHA-256 of its text, 32 octets. */
export const hashSecret = (secret: string): Uint8Array =>
  new Uint8Array(createHash('sha256').update(secret).digest())
