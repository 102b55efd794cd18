import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import type { Language } from '../../domain/languages.ts'
import { commonWords } from '../../domain/words/common.ts'
import { mailboxWords } from '../../domain/words/mailbox.ts'
import { assetUrl } from '../asset-urls.ts'
import { DocumentHead } from '../views/document-head.tsx'
import type { Masthead } from '../views/reader-page.tsx'

type Props = PropsWithChildren<{
  title: string
  /** The heading, where it is not the title. */
  heading?: Child
  publication: Masthead
  language: Language
  actions?: Child
  /** Asks for new mails by itself. */
  live?: boolean
}>

/** A page of the mailbox: the workspace's bar without its navigation, since nobody is signed in here. */
export const MailboxPage = ({
  title,
  heading = title,
  publication,
  language,
  actions,
  live,
  children,
}: Props) => {
  const words = mailboxWords[language]
  return (
    <>
      {raw('<!DOCTYPE html>')}
      <html lang={language}>
        <DocumentHead title={`${title} · ${publication.name}`} accent={publication.accent} noindex desk>
          {live && <meta name="htmx-config" content='{"includeIndicatorCSS":false}' />}
          {live && <script defer src={assetUrl('htmx.js')} />}
        </DocumentHead>
        <body class="mailbox">
          <a class="skip" href="#main">
            {commonWords[language].skip}
          </a>
          <header class="bar">
            <h1>{heading}</h1>
            <div class="bar-actions">
              <a href="/">{words.frontPage}</a>
              <a href="/admin">{words.workspace}</a>
              {actions}
            </div>
          </header>
          <main id="main" class="content">
            {children}
          </main>
        </body>
      </html>
    </>
  )
}
