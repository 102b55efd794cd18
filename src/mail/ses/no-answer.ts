/**
 * Why no answer came. `unsent`: the request certainly never left, where `untrusted` since TLS did not come about. `lost`: it may
 * have left, and the message may have been taken.
 */
export type NoAnswer =
  | { kind: 'unsent'; why: string; cause: Error; untrusted: boolean }
  | { kind: 'lost'; why: string }

/** Before there is a connection nothing can have left; these are Node's, at connecting, and undici's. */
const atConnecting = new Set(['connect', 'getaddrinfo'])
const notConnected = new Set(['UND_ERR_CONNECT_TIMEOUT', 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'])
/** OpenSSL's verdicts on a certificate, and Node's on its name: they come before the request is written. */
const badCertificate =
  /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|CRL_|ERROR_IN_CERT_)/
/** A handshake that the two could not agree on. Other faults of TLS may come when the request is out. */
const noHandshake =
  /^ERR_SSL_(WRONG_VERSION_NUMBER|UNSUPPORTED_PROTOCOL|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|(SSLV3|TLSV1)_(ALERT_HANDSHAKE_FAILURE|ALERT_PROTOCOL_VERSION|UNRECOGNIZED_NAME|ALERT_UNRECOGNIZED_NAME))$/
const brokenHandshake = /before secure TLS connection was established/

type Fault = Error & { code?: string; syscall?: string; errors?: Fault[] }

/**
 * Judges what `fetch` threw. Only what is known to come before the request counts as unsent. Workers say no more than
 * "Network connection lost." of whatever it was: that counts as lost.
 */
export function noAnswer(thrown: unknown): NoAnswer {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown))
  const cause = (error.cause instanceof Error ? error.cause : error) as Fault
  const { code = '' } = cause
  if (badCertificate.test(code) || noHandshake.test(code)) return unsent(cause, { untrusted: true })
  if (wasConnecting(cause) || brokenHandshake.test(cause.message)) return unsent(cause)
  return { kind: 'lost', why: wordsOf(cause) }
}

export const unsent = (cause: Error, { untrusted } = { untrusted: false }): NoAnswer => ({
  kind: 'unsent',
  why: wordsOf(cause),
  cause,
  untrusted,
})

/** Several addresses of one name are tried in turn: then it is the failures of all. */
const wasConnecting = ({ code, syscall, errors }: Fault): boolean =>
  errors?.length
    ? errors.every(wasConnecting)
    : notConnected.has(code ?? '') || atConnecting.has(syscall ?? '')

const wordsOf = ({ message, errors, name }: Fault): string => message || errors?.[0]?.message || name
