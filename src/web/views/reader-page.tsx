import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Language } from '../../domain/languages.ts'
import { commonWords } from '../../domain/words/common.ts'
import type { Publication } from '../../store/publication.ts'
import { DocumentHead } from './document-head.tsx'

/** What every page shows of the publication. */
export type Masthead = Pick<Publication, 'name' | 'tagline' | 'logoUrl' | 'accent' | 'postalAddress'>

export type ReaderPageProps = PropsWithChildren<{
  /** Names the tab, and stands as the page's heading unless `heading` says otherwise. */
  title: string
  /** False: the children bring their own h1, or the page is the front page. */
  heading?: string | false
  /** The front page has the large masthead; it is its h1. */
  front?: boolean
  publication: Masthead
  language: Language
  noindex?: boolean
  /** More of the head, such as Open Graph. */
  head?: Child
  /** Newsletters whose feeds the page tells feed readers of, besides the one of them all. */
  feeds?: readonly { slug: string; name: string }[]
}>

/** A whole page for readers: one column under the masthead, the footer with the postal address. */
export const ReaderPage = ({
  title,
  heading = title,
  front,
  publication,
  language,
  ...rest
}: ReaderPageProps) => (
  <>
    {raw('<!DOCTYPE html>')}
    <html lang={language}>
      <DocumentHead
        title={front ? title : `${title} · ${publication.name}`}
        accent={publication.accent}
        noindex={rest.noindex}
      >
        <link rel="alternate" type="application/rss+xml" title={publication.name} href="/archive/feed.xml" />
        {rest.feeds?.map(({ slug, name }) => (
          <link rel="alternate" type="application/rss+xml" title={name} href={`/archive/${slug}/feed.xml`} />
        ))}
        {rest.head}
      </DocumentHead>
      <body class="reader">
        <a class="skip" href="#main">
          {commonWords[language].skip}
        </a>
        <ReaderMasthead publication={publication} front={front} />
        <main id="main">
          {heading !== false && !front && <h1>{heading}</h1>}
          {rest.children}
        </main>
        <ReaderFooter publication={publication} language={language} />
      </body>
    </html>
  </>
)

const ReaderMasthead = ({ publication, front }: { publication: Masthead; front?: boolean }) => {
  const name = publication.logoUrl ? (
    <img src={publication.logoUrl} alt={publication.name} />
  ) : (
    publication.name
  )
  return (
    <header class={front ? 'masthead' : 'masthead masthead-inner'}>
      {front ? (
        <h1 class="masthead-name">{name}</h1>
      ) : (
        <p class="masthead-name">
          <a href="/">{name}</a>
        </p>
      )}
      {front && publication.tagline && <p class="masthead-tagline">{publication.tagline}</p>}
    </header>
  )
}

const ReaderFooter = ({ publication, language }: { publication: Masthead; language: Language }) => {
  const words = commonWords[language]
  const address = publication.postalAddress
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
    .join(', ')
  const imprint = [publication.name, address].filter(Boolean).join(', ')
  return (
    <footer class="imprint">
      <p>
        {imprint} · <a href="/archive">{words.archive}</a> · <a href="/archive/feed.xml">{words.feed}</a> ·{' '}
        <a href="/privacy">{words.privacy}</a>
      </p>
    </footer>
  )
}
