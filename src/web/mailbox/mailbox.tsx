import { type Context, Hono } from 'hono'
import { sayNumber } from '../../domain/dates.ts'
import { mailboxWords } from '../../domain/words/mailbox.ts'
import { readMessage } from '../../mail/read-message.ts'
import {
  clearMailbox,
  countMailbox,
  findMailboxMessage,
  listMailbox,
  type MailboxMessage,
} from '../../store/mailbox-messages.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { pageBefore, searchOf } from '../list-query.ts'
import { sameOrigin } from '../middleware/same-origin.ts'
import { caughtMailPolicy } from '../middleware/security-headers.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { MailboxPage } from './mailbox-page.tsx'
import { MessageList } from './message-list.tsx'
import { MessageView, messageViews } from './message-view.tsx'
import { mailboxPagesOnlyHere } from './only-here.tsx'
import { shownHtml } from './shown-html.ts'

const pageSize = 50

const idOf = (c: Context<AppEnv>) => Number(c.req.param('id'))

async function common(c: Context<AppEnv>) {
  const publication = await readPublication(c.var.services.db)
  return { publication, language: c.var.wish ?? publication.language }
}

/** The pages of the built-in mailbox, which shows what was sent on this machine. */
export const mailbox = new Hono<AppEnv>()
  .use(mailboxPagesOnlyHere(), sameOrigin())
  .get('/', async c => {
    const search = searchOf(c)
    const before = pageBefore(c)
    const rows = await listMailbox(c.var.services.db, {
      limit: pageSize + 1,
      ...(before !== undefined && { before }),
      ...(search && { search }),
    })
    const messages = rows.slice(0, pageSize)
    const address = (more: Record<string, string>) => {
      const query = new URLSearchParams({ ...(search && { q: search }), ...more }).toString()
      return query ? `/mailbox?${query}` : '/mailbox'
    }
    return c.html(
      <MessageList
        {...(await common(c))}
        messages={messages}
        search={search}
        self={address(before === undefined ? {} : { before: String(before) })}
        newer={before === undefined ? undefined : address({})}
        older={rows.length > pageSize ? address({ before: String(messages.at(-1)!.id) }) : undefined}
      />,
    )
  })
  .get('/clear', async c => {
    const { publication, language } = await common(c)
    const words = mailboxWords[language]
    const count = await countMailbox(c.var.services.db)
    const say = sayNumber(count, language)
    return c.html(
      <MailboxPage title={words.clearTitle} publication={publication} language={language}>
        <p>{words.clearText(count, say)}</p>
        <form method="post">
          <Buttons>
            <Button kind="danger">{words.clearButton(count, say)}</Button>
            <ButtonLink href="/mailbox">{words.keep}</ButtonLink>
          </Buttons>
        </form>
      </MailboxPage>,
    )
  })
  .post('/clear', async c => {
    await clearMailbox(c.var.services.db)
    return c.redirect('/mailbox', 303)
  })
  .get('/:id{[0-9]{1,15}}', async c => {
    const message = await findMailboxMessage(c.var.services.db, idOf(c))
    if (!message) return gone(c)
    const read = await readMessage(message.source)
    const view = messageViews.find(name => name === c.req.query('view')) ?? (read.html ? 'html' : 'text')
    return c.html(<MessageView {...(await common(c))} message={message} read={read} view={view} />)
  })
  .get('/:id{[0-9]{1,15}}/html', async c => {
    const message = await findMailboxMessage(c.var.services.db, idOf(c))
    if (!message) return gone(c)
    return c.html(await documentOf(message), 200, {
      'content-security-policy': caughtMailPolicy(c.var.services.config.publicUrl),
      'referrer-policy': 'no-referrer',
    })
  })

const documentOf = async (message: MailboxMessage) => shownHtml(await readMessage(message.source))

async function gone(c: Context<AppEnv>) {
  const { publication, language } = await common(c)
  const words = mailboxWords[language]
  return c.html(
    <MailboxPage title={words.gone} publication={publication} language={language}>
      <p>{words.goneText}</p>
      <p>
        <a href="/mailbox">{words.back}</a>
      </p>
    </MailboxPage>,
    404,
  )
}
