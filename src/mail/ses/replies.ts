import type { Handed, Stage } from '../../domain/delivery.ts'
import type { SmtpReply } from '../../domain/smtp-reply.ts'
import type { SesAnswer } from './answer.ts'
import type { Posted } from './client.ts'

/** An SMTP server's way to say the same, which `judge` and `outcomeOf` know what to make of. */
type Meaning = { stage: Stage; code: number; enhanced?: string }

// What is said at MAIL is about us, and what is said later about one reader or message.
const slowDown: Meaning = { stage: 'mail', code: 421, enhanced: '4.7.0' }
const spent: Meaning = { stage: 'mail', code: 554, enhanced: '5.4.5' }
const signIn: Meaning = { stage: 'mail', code: 535, enhanced: '5.7.8' }
const refused: Meaning = { stage: 'mail', code: 554 }
const badAddress: Meaning = { stage: 'rcpt', code: 553, enhanced: '5.1.3' }
const noMailbox: Meaning = { stage: 'rcpt', code: 550, enhanced: '5.1.1' }
const later: Meaning = { stage: 'data', code: 451, enhanced: '4.3.0' }
const tooBig: Meaning = { stage: 'data', code: 552, enhanced: '5.3.4' }
const badContent: Meaning = { stage: 'dot', code: 554, enhanced: '5.6.0' }

type Rule = {
  /** Absent: whichever. */
  types?: readonly string[]
  says?: RegExp
  means: Meaning
}

const invalid = ['BadRequest', 'MessageRejected', 'InvalidParameterValue', 'Validation', 'ValidationError']

/**
 * The first that fits counts. Types stand without `Exception` at their end. Sources: [send] SES API v2 reference, SendEmail,
 * Errors; [common] the same, Common Errors; [guide] SES Developer Guide, "Amazon SES email sending errors"; [quota] the
 * same, "Errors related to the sending quotas"; [sigv4] IAM User Guide, "Troubleshoot AWS Signature Version 4"; [mail]
 * what Jakarta Mail's InternetAddress says, which SES passes on.
 */
const rules: readonly Rule[] = [
  // [quota]: one type for both, told apart by the words.
  { says: /daily message quota exceeded/i, means: spent },
  // [send] 429, [common], [quota] "Maximum sending rate exceeded".
  { types: ['TooManyRequests', 'Throttling', 'RequestLimitExceeded'], means: slowDown },
  { says: /maximum sending rate exceeded/i, means: slowDown },
  // [send] 400.
  { types: ['LimitExceeded'], means: spent },
  // [common] 403 and 400; [sigv4] "Signature expired", "Signature not yet current" are a clock that is off.
  {
    types: [
      'AccessDenied',
      'UnrecognizedClient',
      'InvalidClientTokenId',
      'InvalidAccessKeyId',
      'InvalidSignature',
      'SignatureDoesNotMatch',
      'IncompleteSignature',
      'ExpiredToken',
      'MissingAuthenticationToken',
      'NotAuthorized',
      'OptInRequired',
      'RequestExpired',
      'RequestTimeTooSkewed',
    ],
    means: signIn,
  },
  { says: /\bsignature (expired|not yet current)/i, means: signIn },
  // [send] 400, and 404 for a configuration set that is not there. Some are API v1's names for the same.
  {
    types: [
      'AccountSuspended',
      'SendingPaused',
      'AccountSendingPaused',
      'ConfigurationSetSendingPaused',
      'MailFromDomainNotVerified',
      'NotFound',
      'ConfigurationSetDoesNotExist',
    ],
    means: refused,
  },
  // [guide] "Email address is not verified. The following identities failed the check …": in the sandbox also a reader's.
  { types: invalid, says: /\bnot verified\b|failed the check in region/i, means: refused },
  // "Sending paused for this account. For more information, please check the inbox …", as seen in the wild.
  {
    types: invalid,
    says: /\b(account|sending)\b.*\b(paused|suspended|disabled|shut down)\b/i,
    means: refused,
  },
  // SES takes mail for a mailbox that is not there and says so in a bounce; a compatible server may know it at once.
  {
    types: invalid,
    says: /\b5\.1\.1\b|\b(mailbox|user|recipient) (does not exist|unknown|not found)\b/i,
    means: noMailbox,
  },
  // [mail], and "Invalid email address …".
  {
    types: invalid,
    says: /\b(illegal (address|route-addr)|local address (starts|contains|ends)|domain (starts|contains|ends|literal)|missing (local name|domain|final '@domain')|unterminated quote|quote not at|empty address|invalid (e-?mail )?address)/i,
    means: badAddress,
  },
  // "Message length is more than 41943040 bytes long"; [common] RequestEntityTooLarge, 413.
  {
    types: invalid,
    says: /message length is more than|\b(message|size)\b.*\b(too (large|big)|exceeds)\b/i,
    means: tooBig,
  },
  { types: ['RequestEntityTooLarge'], means: tooBig },
  // [send] 400 "it contains invalid content", "the input you provided is invalid": this message's. If it is every message's, one
  // reply to all says so; one odd reader must not stop the others.
  { types: invalid, means: badContent },
  // [common] 500, 503, 408.
  {
    types: [
      'InternalFailure',
      'InternalServer',
      'InternalServerError',
      'InternalServiceError',
      'ServiceUnavailable',
      'ConcurrentModification',
      'RequestTimeout',
      'RequestAborted',
    ],
    means: later,
  },
]

/** Where the server names no error that we know, its status says what to do (RFC 9110 15). */
const byStatus: Record<number, Meaning> = {
  408: later,
  413: tooBig,
  429: slowDown,
  500: later,
  503: later,
}

/** What came of handing over a message by SES, as SMTP would have it. */
export function handedBy(posted: Posted): Handed {
  switch (posted.kind) {
    case 'unsent':
      return { kind: 'dropped', stage: 'mail', why: posted.why }
    case 'unfit':
      return { kind: 'unfit', why: 'Amazon SES does not take addresses with letters beyond ASCII (SMTPUTF8)' }
    case 'lost':
      return { kind: 'dropped', stage: 'dot', why: posted.why }
    case 'answered':
      return handedByAnswer(posted.answer)
  }
}

function handedByAnswer(answer: SesAnswer): Handed {
  const { status, messageId } = answer
  if (status === 200 && messageId)
    return { kind: 'reply', stage: 'dot', reply: { code: 250, enhanced: '2.0.0', text: messageId } }
  const meaning = meaningOf(answer)
  // A success that is none, or a gateway that has lost sight of who is behind it.
  if (!meaning) return { kind: 'dropped', stage: 'dot', why: wordsOf(answer) }
  const { stage, code, enhanced } = meaning
  return { kind: 'reply', stage, reply: replyOf({ code, enhanced }, wordsOf(answer)) }
}

const replyOf = ({ code, enhanced }: Pick<SmtpReply, 'code' | 'enhanced'>, text: string): SmtpReply =>
  enhanced ? { code, enhanced, text } : { code, text }

/** Undefined where the message may have been taken. */
function meaningOf({ status, type, message, isJson }: SesAnswer): Meaning | undefined {
  const rule = rules.find(
    ({ types, says }) => (types?.includes(type) ?? true) && (says?.test(message) ?? true),
  )
  if (rule && status >= 400) return rule.means
  if (byStatus[status]) return byStatus[status]
  // Other servers of Amazon's say 403 without naming an error; a proxy says it in HTML.
  if ((status === 401 || status === 403) && isJson) return signIn
  // Also whoever sends us elsewhere: where the API is, it does not.
  return status >= 300 && status < 500 ? refused : undefined
}

const wordsOf = ({ status, type, message, isJson }: SesAnswer): string => {
  if (!isJson && !type) return `the server answered ${status}, and not as Amazon SES does: check SES_ENDPOINT`
  return [type || `status ${status}`, message].filter(Boolean).join(': ')
}
