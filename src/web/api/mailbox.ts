import { Hono } from 'hono'
import { describeRoute } from 'hono-openapi'
import { z } from 'zod'
import { wireAddress } from '../../domain/email-address.ts'
import { line } from '../../domain/text.ts'
import { readMessage } from '../../mail/read-message.ts'
import { findMailboxMessage, type MailboxMessage, readMailbox } from '../../store/mailbox-messages.ts'
import type { AppEnv } from '../env.ts'
import { mailboxApiOnlyHere } from '../mailbox/only-here.tsx'
import { problem } from '../middleware/failures.ts'
import { endpoint, idParam, listOf, page, paging, queryBy } from './contract.ts'

const messageBody = z.object({
  id: z.number(),
  from: z.string(),
  to: z.array(z.string()).describe('The recipients of the envelope.'),
  subject: z.string(),
  receivedAt: z.iso.datetime(),
  messageId: z.string(),
  html: z.string().nullable(),
  text: z.string().nullable(),
  headers: z
    .record(z.string(), z.string())
    .describe('By name in lower case, unfolded; what occurs twice stands in one value, line by line.'),
})
const wholeBody = messageBody.extend({ source: z.string().describe('The message as it came.') })

async function show({ source, ...row }: MailboxMessage): Promise<z.infer<typeof messageBody>> {
  const { html = null, text = null, headers } = await readMessage(source)
  const byName = Map.groupBy(headers, ({ name }) => name.toLowerCase())
  return {
    id: row.id,
    from: row.fromLine || row.envelopeFrom,
    to: row.envelopeTo,
    subject: row.subject,
    receivedAt: row.receivedAt.toISOString(),
    messageId: row.messageId,
    html,
    text,
    headers: Object.fromEntries(
      [...byName].map(([name, list]) => [name, list.map(({ value }) => value).join('\n')]),
    ),
  }
}

const onlyHere = describeRoute({
  description:
    'Needs no key: it is there only with the built-in mailbox (else 404), and answers on this machine only (else 403).',
  security: [],
})

const documented = (summary: string, body: z.ZodType) =>
  endpoint(summary, { status: 200, body, what: 'Caught here, sent nowhere.' }, 403, 404)

/** The mailbox for programs: the oldest first, so that a poller asks for what came after the last id it saw. */
export const mailboxApi = new Hono<AppEnv>()
  .use(mailboxApiOnlyHere())
  .get(
    '/messages',
    onlyHere,
    documented('List the messages that the built-in mailbox caught', listOf(messageBody)),
    queryBy(paging.extend({ to: line(1000).optional().describe('One recipient’s address.') })),
    async c => {
      const { after, limit, to } = c.req.valid('query')
      const rows = await readMailbox(c.var.services.db, {
        limit: limit + 1,
        ...(after !== undefined && { after }),
        ...(to !== undefined && { to: wireAddress(to) }),
      })
      const { items, next } = page(c.req.url, rows, limit)
      return c.json({ items: await Promise.all(items.map(show)), next })
    },
  )
  .get(
    '/messages/:id',
    onlyHere,
    documented('Read one message that the built-in mailbox caught', wholeBody),
    idParam,
    async c => {
      const message = await findMailboxMessage(c.var.services.db, c.req.valid('param').id)
      if (!message) return problem(404, 'There is no such message')
      return c.json({ ...(await show(message)), source: new TextDecoder().decode(message.source) })
    },
  )
