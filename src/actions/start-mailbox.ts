import { type MailboxServer, startMailboxServer } from '../mail/mailbox-server.ts'
import type { Db } from '../store/client.ts'
import { keepMessages } from '../store/mailbox-messages.ts'

/**
 * Starts the built-in mailbox: a real SMTP server on 127.0.0.1, on any free port where `port` names none, whose
 * messages are kept in the database. Each process that sends may start its own. Node only.
 */
export const startMailbox = ({ db, port }: { db: Db; port?: number }): Promise<MailboxServer> =>
  startMailboxServer({ keep: caught => keepMessages(db, caught), ...(port !== undefined && { port }) })
