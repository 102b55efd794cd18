import { sayNumber } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import { mailboxWords } from '../../domain/words/mailbox.ts'
import { type MailboxLine, mailboxSize } from '../../store/mailbox-messages.ts'
import type { Publication } from '../../store/publication.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Empty, Notice } from '../views/parts/status.tsx'
import { Pager, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { MailboxPage } from './mailbox-page.tsx'

type Props = {
  messages: readonly MailboxLine[]
  search: string
  /** The page itself, to be asked again. */
  self: string
  newer?: string
  older?: string
  publication: Publication
  language: Language
}

/** What was caught, the newest first. */
export const MessageList = ({ messages, search, self, newer, older, publication, language }: Props) => {
  const words = mailboxWords[language]
  return (
    <MailboxPage
      title={words.title}
      publication={publication}
      language={language}
      live
      actions={messages.length > 0 && <ButtonLink href="/mailbox/clear">{words.clear}</ButtonLink>}
    >
      <Notice tone="good" title={words.stays}>
        <p>{words.staysText(sayNumber(mailboxSize, language))}</p>
      </Notice>
      <search>
        <form action="/mailbox">
          <Field
            label={words.search}
            name="q"
            type="search"
            value={search}
            beside={<Button>{words.find}</Button>}
          />
          {search && (
            <p>
              <a href="/mailbox">{words.all}</a>
            </p>
          )}
        </form>
      </search>
      <div id="messages" hx-get={self} hx-trigger="every 3s" hx-select="#messages > *" hx-swap="innerMorph">
        {messages.length ? (
          <Messages messages={messages} zone={publication.timeZone} language={language} />
        ) : search ? (
          <Empty title={words.nothingFound(search)}>
            <p>{words.nothingFoundText}</p>
          </Empty>
        ) : (
          <Empty
            title={words.empty}
            action={
              <ButtonLink kind="main" href="/subscribe">
                {words.signUp}
              </ButtonLink>
            }
          >
            <p>{words.emptyText}</p>
          </Empty>
        )}
        <Pager newer={newer} older={older} language={language} />
      </div>
    </MailboxPage>
  )
}

const Messages = ({
  messages,
  zone,
  language,
}: {
  messages: readonly MailboxLine[]
  zone: string
  language: Language
}) => {
  const words = mailboxWords[language]
  return (
    <Table
      caption={words.caption}
      rows={messages}
      columns={[
        {
          head: words.subject,
          kind: 'title',
          cell: ({ id, subject }) => (
            <a href={`/mailbox/${id}`} dir="auto">
              {subject || words.noSubject}
            </a>
          ),
        },
        { head: words.to, cell: ({ envelopeTo }) => <bdi>{envelopeTo.join(', ')}</bdi> },
        { head: words.from, cell: ({ fromLine, envelopeFrom }) => <bdi>{fromLine || envelopeFrom}</bdi> },
        {
          head: words.received,
          cell: ({ receivedAt }) => <Time at={receivedAt} zone={zone} language={language} />,
        },
      ]}
    />
  )
}
