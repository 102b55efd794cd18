import type { Language } from '../../domain/languages.ts'
import { mailboxWords } from '../../domain/words/mailbox.ts'
import type { ReadMessage } from '../../mail/read-message.ts'
import type { MailboxMessage } from '../../store/mailbox-messages.ts'
import type { Publication } from '../../store/publication.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Time } from '../views/parts/time.tsx'
import { MailboxPage } from './mailbox-page.tsx'

export const messageViews = ['html', 'text', 'source', 'headers'] as const
type MessageViewName = (typeof messageViews)[number]

type Props = {
  message: MailboxMessage
  read: ReadMessage
  view: MessageViewName
  publication: Publication
  language: Language
}

/** One message: who it is from and to, and one of four ways to look at it. */
export const MessageView = ({ message, read, view, publication, language }: Props) => {
  const words = mailboxWords[language]
  const subject = message.subject || words.noSubject
  return (
    <MailboxPage
      title={subject}
      heading={<span dir="auto">{subject}</span>}
      publication={publication}
      language={language}
      actions={<ButtonLink href="/mailbox">{words.back}</ButtonLink>}
    >
      <dl class="facts">
        <dt>{words.from}</dt>
        <dd dir="auto">{message.fromLine}</dd>
        <dt>{words.to}</dt>
        <dd dir="auto">{message.toLine}</dd>
        <dt>{words.received}</dt>
        <dd>
          <Time at={message.receivedAt} zone={publication.timeZone} language={language} />
        </dd>
        <dt>{words.envelope}</dt>
        <dd dir="auto">{words.envelopeLine(message.envelopeFrom, message.envelopeTo.join(', '))}</dd>
        {read.attachments.length > 0 && (
          <>
            <dt>{words.attachments}</dt>
            <dd dir="auto">{read.attachments.map(one => one.filename ?? one.mimeType).join(', ')}</dd>
          </>
        )}
      </dl>
      <nav class="tabs" aria-label={words.views}>
        {messageViews.map(name => (
          <a href={`/mailbox/${message.id}?view=${name}`} aria-current={name === view ? 'page' : undefined}>
            {words[name]}
          </a>
        ))}
      </nav>
      <Shown message={message} read={read} view={view} language={language} />
    </MailboxPage>
  )
}

const Shown = ({ message, read, view, language }: Omit<Props, 'publication'>) => {
  const words = mailboxWords[language]
  switch (view) {
    case 'html':
      return read.html === undefined ? (
        <p>{words.noHtml}</p>
      ) : (
        <>
          <iframe
            class="letter"
            src={`/mailbox/${message.id}/html`}
            title={words.frame(message.subject)}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
          <p>
            <a href={`/mailbox/${message.id}/html`}>{words.alone}</a>
          </p>
        </>
      )
    case 'text':
      return read.text === undefined ? (
        <p>{words.noText}</p>
      ) : (
        <pre class="octets" dir="auto">
          {read.text}
        </pre>
      )
    case 'source':
      return <pre class="octets">{new TextDecoder().decode(message.source)}</pre>
    case 'headers':
      return (
        <dl class="facts">
          {read.headers.map(({ name, value }) => (
            <>
              <dt>{name}</dt>
              <dd class="code">{value}</dd>
            </>
          ))}
        </dl>
      )
  }
}
