import type { MailServer } from '../config.ts'
import type { Mailer } from './mailer.ts'
import { sesMailer } from './ses/ses-mailer.ts'
import { sesWires } from './ses/ses-wire.ts'
import { smtpWires } from './smtp/smtp-wire.ts'
import { smtpMailer } from './smtp-mailer.ts'
import type { OpenWire } from './wire.ts'

/** The two ways to one mail server: wires for digests, and a mailer for notices, which has connections of its own. */
export type Transport = { openWire: OpenWire; mailer: Mailer }

/** Opens nothing yet. At most `notices` notices are under way at once. The caller closes the mailer. */
export const transportTo = (server: MailServer, { notices }: { notices: number }): Transport =>
  server.by === 'ses'
    ? { openWire: sesWires(server), mailer: sesMailer(server) }
    : { openWire: smtpWires(server.url), mailer: smtpMailer(server.url, { connections: notices }) }
