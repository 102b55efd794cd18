import type { TxtAnswer } from '../domain/preflight/sender-domain.ts'

/**
 * Asks the DNS for the TXT records of a name, each in one piece. Each runtime brings its own. Never throws: where nobody
 * answers, or the signal aborts, the answer is not known.
 */
export type TxtResolver = (name: string, signal: AbortSignal) => Promise<TxtAnswer>
