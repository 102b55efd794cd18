import { AwsV4Signer } from 'aws4fetch'
import type { SesServer } from '../../config/transport.ts'
import { smtpTimeouts } from '../smtp/timeouts.ts'
import type { Content, Envelope } from '../wire.ts'
import { readAnswer, type SesAnswer } from './answer.ts'
import { type NoAnswer, noAnswer, unsent } from './no-answer.ts'
import { sesRequest } from './request.ts'

/** What came of one request. */
export type Posted =
  | { kind: 'answered'; answer: SesAnswer }
  /** Not even asked: SES knows no SMTPUTF8 (SES API v2, Destination). */
  | { kind: 'unfit' }
  | NoAnswer

/** Posts one message, once: whether it is tried again is the ledger's decision. Never throws. */
export type Post = (envelope: Envelope, content: Content, signal: AbortSignal) => Promise<Posted>

export type SesOptions = {
  /** Absent: the global one. */
  fetch?: typeof fetch
  /** How long an answer may take, in milliseconds; absent: as long as SMTP's to the dot. */
  patience?: number
}

/** Speaks SendEmail of SES API v2, signed by Signature Version 4. Runs wherever there are fetch and WebCrypto. */
export function sesClient(server: SesServer, options: SesOptions = {}): Post {
  const { patience = smtpTimeouts.dot, fetch = (url, init) => globalThis.fetch(url, init) } = options
  const url = `${server.endpoint}/v2/email/outbound-emails`
  const { region, accessKeyId, secretAccessKey, sessionToken } = server
  const identity = { service: 'ses', region, accessKeyId, secretAccessKey, sessionToken }
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  // The key of a day, which four HMACs derive.
  const cache = new Map<string, ArrayBuffer>()

  return async (envelope, content, signal) => {
    if (/[^\x20-\x7e]/.test(envelope.to)) return { kind: 'unfit' }
    const end = new AbortController()
    const stop = () => end.abort(signal.reason)
    signal.addEventListener('abort', stop)
    const clock = setTimeout(() => end.abort(new Error('the server did not answer in time')), patience)
    let left = false
    try {
      const body = sesRequest(server, envelope, content)
      const signer = new AwsV4Signer({ method: 'POST', url, headers, body, cache, ...identity })
      const signed = await signer.sign()
      signal.throwIfAborted()
      left = true
      const response = await fetch(url, {
        method: 'POST',
        headers: signed.headers,
        body,
        redirect: 'manual',
        signal: end.signal,
      })
      return { kind: 'answered', answer: await readAnswer(response) }
    } catch (error) {
      return left ? noAnswer(error) : unsent(error as Error)
    } finally {
      clearTimeout(clock)
      signal.removeEventListener('abort', stop)
    }
  }
}
