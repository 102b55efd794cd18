import type { PauseReason } from './dispatch.ts'
import { type SmtpReply, showReply } from './smtp-reply.ts'

export type DeliveryState = 'pending' | 'sent' | 'failed' | 'suppressed' | 'unknown'

/** Where a conversation about one message stands. `body` ends when all of it, with the final dot, has left. */
export type Stage = 'mail' | 'rcpt' | 'data' | 'body' | 'dot'

/** What came of handing one message to a server. */
export type Handed =
  | { kind: 'reply'; stage: Stage; reply: SmtpReply }
  /** The connection ended, timed out or spoke nonsense. */
  | { kind: 'dropped'; stage: Stage; why: string }
  /** Not even tried: the server does not offer what this one reader's address needs (RFC 6531). */
  | { kind: 'unfit'; why: string }
  /** Larger than the server's SIZE (RFC 1870). */
  | { kind: 'too-big'; limit: number }

/** What it means for the delivery, and for the rest of the dispatch. */
export type Verdict =
  | { kind: 'sent' }
  /** Try this reader later. `slow`: the server, or the domain that it speaks for, has too much of us. */
  | { kind: 'deferred'; reply: string; slow: boolean }
  | { kind: 'failed'; reply: string; suppress: boolean }
  /** It may have arrived. */
  | { kind: 'unknown'; reply: string }
  /** Nothing about this reader: the same delivery again over another connection. */
  | { kind: 'again'; reply: string; slow: boolean }
  /** Our own fault: the dispatch pauses, the delivery stays pending. */
  | { kind: 'ours'; reply: string; reason: PauseReason }

/** Enhanced codes (RFC 3463) that say more than their class. */
const unknownMailbox = new Set(['5.1.1', '5.1.10'])
const mailboxFull = '5.2.2'
const ours: Record<string, PauseReason> = {
  '5.3.4': 'message-too-big',
  '5.4.5': 'limit-exceeded',
  '5.7.8': 'smtp-sign-in',
}

/** Judges by mail-server custom: the enhanced code beats the basic one, and what is ours is never the reader's. */
export function judge(handed: Handed): Verdict {
  switch (handed.kind) {
    case 'reply':
      return judgeReply(handed.stage, handed.reply)
    case 'dropped':
      return judgeDrop(handed.stage, handed.why)
    case 'unfit':
      return { kind: 'failed', reply: handed.why, suppress: false }
    case 'too-big':
      return {
        kind: 'ours',
        reply: `the server takes at most ${handed.limit} bytes`,
        reason: 'message-too-big',
      }
  }
}

function judgeDrop(stage: Stage, why: string): Verdict {
  if (stage === 'dot') return { kind: 'unknown', reply: why }
  if (stage === 'mail') return { kind: 'again', reply: why, slow: false }
  return { kind: 'deferred', reply: why, slow: false }
}

function judgeReply(stage: Stage, reply: SmtpReply): Verdict {
  const shown = showReply(reply)
  const { code, enhanced } = reply
  if (stage === 'dot' && code >= 200 && code < 300) return { kind: 'sent' }
  // A code of success beside a refusal says nothing.
  const temporary = enhanced && !enhanced.startsWith('2') ? enhanced.startsWith('4') : code < 500
  if (temporary || code === 421) {
    const slow = code === 421
    return { kind: stage === 'mail' ? 'again' : 'deferred', reply: shown, slow }
  }
  if (enhanced === mailboxFull && stage !== 'mail') return { kind: 'deferred', reply: shown, slow: false }
  const fault = enhanced && (ours[enhanced] ?? (enhanced.startsWith('5.7.') ? 'policy' : undefined))
  if (fault) return { kind: 'ours', reply: shown, reason: fault }
  if (stage === 'mail') return { kind: 'ours', reply: shown, reason: 'smtp-refused' }
  return { kind: 'failed', reply: shown, suppress: enhanced !== undefined && unknownMailbox.has(enhanced) }
}
