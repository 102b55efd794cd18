import { createHash } from 'node:crypto'
import type { Finding } from './finding.ts'

/** Tells findings apart in a form: who sends has seen these. */
export const fingerprint = (finding: Finding): string =>
  createHash('sha256').update(JSON.stringify(finding)).digest('base64url').slice(0, 8)
