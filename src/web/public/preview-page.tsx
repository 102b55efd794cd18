import { previewWords, sayUntil } from '../../domain/words/previews.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { ReaderPage } from '../views/reader-page.tsx'
import type { Ground } from './ground.ts'

type Props = Ground & {
  token: string
  subject: string
  until: Date
  /** Those that the digest goes to. */
  newsletters: readonly Newsletter[]
  /** Whose readers get it so. */
  newsletter: Newsletter
  text: string
}

/** A digest before it is sent, for who was given the link: what it is, the mail, the text. */
export const PreviewPage = ({ token, subject, until, newsletters, newsletter, text, ...ground }: Props) => {
  const words = previewWords[ground.language].preview
  const mail = `/preview/${token}/mail?newsletter=${newsletter.slug}`
  return (
    <ReaderPage {...ground} title={subject || words.noSubject} noindex>
      <p class="muted">{words.note(sayUntil(until, ground.publication.timeZone, ground.language))}</p>
      {newsletters.length > 1 && (
        <nav class="preview-newsletters" aria-label={words.newsletters}>
          <span class="muted">{words.newsletters}</span>
          {newsletters.map(({ slug, name }) => (
            <a
              href={`/preview/${token}?newsletter=${slug}`}
              aria-current={slug === newsletter.slug ? 'page' : undefined}
            >
              {name}
            </a>
          ))}
        </nav>
      )}
      <iframe
        class="preview-mail"
        src={mail}
        title={words.mail}
        sandbox="allow-popups allow-popups-to-escape-sandbox"
      />
      <p>
        <a href={mail}>{words.alone}</a>
      </p>
      <h2>{words.text}</h2>
      <pre class="preview-text" lang={newsletter.language} tabindex={0}>
        {text}
      </pre>
    </ReaderPage>
  )
}
