import type { SesServer } from '../../config/transport.ts'
import type { Handed } from '../../domain/delivery.ts'
import { showReply } from '../../domain/smtp-reply.ts'
import type { Handover, Mailer } from '../mailer.ts'
import { type SesOptions, sesClient } from './client.ts'
import { handedBy } from './replies.ts'

/** The mailer of Amazon SES. It opens nothing that would have to be closed. */
export function sesMailer(server: SesServer, options: SesOptions = {}): Mailer {
  const post = sesClient(server, options)
  return {
    async send({ from, to, content }, signal = new AbortController().signal) {
      return handoverOf(handedBy(await post({ from, to }, [content], signal)))
    },
    close() {},
  }
}

/** A notice is never given up for what may be SES's or the network's: `outcomeOf` decides by these words. */
function handoverOf(handed: Handed): Handover {
  switch (handed.kind) {
    case 'reply': {
      const reply = showReply(handed.reply)
      if (handed.reply.code === 250) return { kind: 'accepted', reply }
      return { kind: 'refused', by: handed.stage === 'mail' ? 'session' : 'message', reply }
    }
    case 'dropped':
      return { kind: 'unreachable', reply: handed.why }
    case 'unfit':
      // RFC 6531 4.2: an address that is not in ASCII, and nobody to take it.
      return { kind: 'refused', by: 'message', reply: `553 5.6.7 ${handed.why}` }
    case 'too-big':
      return { kind: 'refused', by: 'message', reply: `552 5.3.4 at most ${handed.limit} bytes` }
  }
}
