import type { Token } from '../domain/tokens.ts'

/** A link that can't be what it claims to be; expected of every page with a token. */
export type TokenFault =
  /** Cut, changed, or not ours. */
  | { kind: 'invalid' }
  /** Ours, but made for another page. */
  | { kind: 'foreign'; purpose: Token['purpose'] }
