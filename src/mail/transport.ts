import type { MailServer } from '../config/transport.ts'
import type { Mailer } from './mailer.ts'
import { sesMailer } from './ses/ses-mailer.ts'
import { sesWires } from './ses/ses-wire.ts'
import type { Dial } from './smtp/dial.ts'
import { smtpWires } from './smtp/smtp-wire.ts'
import { smtpMailer } from './smtp-mailer.ts'
import type { OpenWire } from './wire.ts'

/** How an SMTP server's sockets are opened, where the runtime needs it done in a way of its own. */
type Sockets = { dial?: Dial }

/** The ways by which digests go to a mail server. */
export const wiresTo = (server: MailServer, { dial }: Sockets = {}): OpenWire =>
  server.by === 'ses' ? sesWires(server) : smtpWires(server.url, { dial })

/** What hands notices to a mail server, so many at once, over connections of its own. The caller closes it. */
export const mailerTo = (
  server: MailServer,
  { connections, dial }: Sockets & { connections: number },
): Mailer => (server.by === 'ses' ? sesMailer(server) : smtpMailer(server.url, { connections, dial }))
