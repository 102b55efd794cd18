import { Hono } from 'hono'
import type { Config } from '../../config.ts'
import { sayNumber } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import { mailProvider } from '../../domain/mail-provider.ts'
import { linksOf } from '../../domain/publication.ts'
import { type PrivacyWords, privacyWords } from '../../domain/words/privacy.ts'
import { listOpenNewsletters, type Newsletter } from '../../store/newsletters.ts'
import { type Publication, readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Prose } from '../views/prose.ts'
import { ReaderPage } from '../views/reader-page.tsx'

/** What is stored about a reader (GDPR 13), written from the settings that run, and the publication's own text. */
export const privacy = new Hono<AppEnv>().get('/privacy', async c => {
  const { db, config } = c.var.services
  const [publication, newsletters] = await Promise.all([readPublication(db), listOpenNewsletters(db)])
  const language = c.var.wish ?? publication.language
  c.header('vary', 'accept-language')
  return c.html(<PrivacyPage {...{ publication, newsletters, language }} transport={config.transport} />)
})

type Props = {
  publication: Publication
  newsletters: Newsletter[]
  language: Language
  transport: Config['transport']
}

const PrivacyPage = ({ publication, newsletters, language, transport }: Props) => {
  const words = privacyWords[language]
  const { what, long, not, sending, rights } = words
  const links = linksOf(publication)
  return (
    <ReaderPage title={words.title} publication={publication} language={language}>
      <div class="prose">
        <p class="lead">{words.intro(publication.name)}</p>
        <Who publication={publication} words={words.who} />
        <h2>{what.title}</h2>
        <List items={links === 'counted' ? [...what.items, what.clicks] : what.items} />
        <p>{what.basis}</p>
        <h2>{long.title}</h2>
        <List items={long.items(sayNumber(publication.ledgerDays, language))} />
        <h2>{not.title}</h2>
        <List items={[...not.items.slice(0, 1), not.links[links], ...not.items.slice(1)]} />
        <p>{sayAdvertising(words, newsletters, language)}</p>
        <h2>{sending.title}</h2>
        <p>{sayCarrier(words, transport)}</p>
        <h2>{rights.title}</h2>
        <p>{rights.leave}</p>
        <p>{rights.own}</p>
        <p>
          <ButtonLink kind="main" href="/preferences">
            {rights.button}
          </ButtonLink>
        </p>
        <p>{rights.write}</p>
        {publication.privacyText.trim() && (
          <section lang={publication.language === language ? undefined : publication.language}>
            <h2>{privacyWords[publication.language].more(publication.name)}</h2>
            <Prose markdown={publication.privacyText} />
          </section>
        )}
      </div>
    </ReaderPage>
  )
}

const Who = ({ publication, words }: { publication: Publication; words: PrivacyWords['who'] }) => {
  const mail = publication.replyTo || publication.senderAddress
  const lines = publication.postalAddress.split(/\r?\n/).filter(line => line.trim())
  return (
    <>
      <h2>{words.title}</h2>
      <p>
        {publication.name}
        {lines.map(line => (
          <>
            <br />
            {line}
          </>
        ))}
      </p>
      {!lines.length && <p>{words.unnamed}</p>}
      {mail && (
        <p>
          {words.reach} <a href={`mailto:${mail}`}>{mail}</a>
        </p>
      )}
    </>
  )
}

const List = ({ items }: { items: readonly string[] }) => (
  <ul>
    {items.map(item => (
      <li>{item}</li>
    ))}
  </ul>
)

function sayAdvertising({ advertising }: PrivacyWords, newsletters: Newsletter[], language: Language) {
  const paid = newsletters.filter(newsletter => newsletter.carriesAdvertising).map(({ name }) => name)
  return paid.length ? advertising.some(new Intl.ListFormat(language).format(paid)) : advertising.none
}

function sayCarrier({ sending }: PrivacyWords, transport: Config['transport']): string {
  if (transport.kind === 'mailbox') return sending.mailbox
  return transport.local ? sending.own : sending.provider(mailProvider(transport.host.replace(/:\d+$/, '')))
}
