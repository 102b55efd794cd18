import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { isLoopback } from '../../domain/network.ts'
import { mailboxWords } from '../../domain/words/mailbox.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { problem } from '../middleware/failures.ts'
import { ReaderPage } from '../views/reader-page.tsx'

type Refusal = (c: Context<AppEnv>, status: 403 | 404) => Response | Promise<Response>

/**
 * Lets requests through only where the built-in mailbox catches mail, and only by a name of this machine: another
 * site whose name was made to resolve to 127.0.0.1 (DNS rebinding) would read confirmations and sign-in links.
 */
const onlyHere = (refuse: Refusal) =>
  createMiddleware<AppEnv>(async (c, next) => {
    if (c.var.services.config.transport.kind !== 'mailbox') return refuse(c, 404)
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (!URL.canParse(`http://${host}`) || !isLoopback(new URL(`http://${host}`).hostname))
      return refuse(c, 403)
    return next()
  })

export const mailboxPagesOnlyHere = () =>
  onlyHere(async (c, status) => {
    const publication = await readPublication(c.var.services.db)
    const language = c.var.wish ?? publication.language
    const words = mailboxWords[language]
    return c.html(
      <ReaderPage title={words.off} publication={publication} language={language} noindex>
        <p>{status === 404 ? words.offText : words.elsewhere}</p>
      </ReaderPage>,
      status,
    )
  })

export const mailboxApiOnlyHere = () =>
  onlyHere((c, status) => {
    const words = mailboxWords[c.var.wish ?? 'en']
    return problem(status, status === 404 ? words.off : words.elsewhere)
  })
