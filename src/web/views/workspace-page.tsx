import { raw } from 'hono/html'
import type { Child, PropsWithChildren } from 'hono/jsx'
import { sayNumber } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import { commonWords } from '../../domain/words/common.ts'
import { type AssetName, assetUrl } from '../asset-urls.ts'
import type { Actor } from '../env.ts'
import { CopyNotice } from './copy-notice.tsx'
import { DocumentHead } from './document-head.tsx'
import type { Masthead } from './reader-page.tsx'

const sections = ['digests', 'stories', 'readers', 'newsletters', 'settings'] as const
type Section = (typeof sections)[number]

export type WorkspacePageProps = PropsWithChildren<{
  /** Names the tab, and stands as the page's h1 in the bar above. */
  title: string
  actor: Extract<Actor, { kind: 'editor' }>
  current: Section
  counts?: Partial<Record<Section, number>>
  publication: Masthead
  language: Language
  /** Where the database belongs to another address than this one. */
  copy?: { of: string; publicUrl: string }
  /** At the right of the bar: a state, "Saved 10:42", buttons; one of them filled at most. */
  actions?: Child
  /** Above the content: `Notice`s, which stay until they are dealt with. */
  notice?: Child
  /** `wide`: no measure and no padding, for pages of several columns. */
  width?: 'text' | 'wide'
  /** Scripts of ours that this page uses. */
  scripts?: AssetName[]
}>

/** A whole page for editors: navigation at the left, a bar below 800 px, the title with the page's actions. */
export const WorkspacePage = (props: WorkspacePageProps) => (
  <>
    {raw('<!DOCTYPE html>')}
    <html lang={props.language}>
      <DocumentHead
        title={`${props.title} · ${props.publication.name}`}
        accent={props.publication.accent}
        noindex
        desk
      >
        {props.scripts?.includes('htmx.js') && (
          <meta name="htmx-config" content='{"includeIndicatorCSS":false}' />
        )}
        {props.scripts?.map(name => (
          <script defer src={assetUrl(name)} />
        ))}
      </DocumentHead>
      <body class="workspace">
        <a class="skip" href="#main">
          {commonWords[props.language].skip}
        </a>
        <Navigation {...props} />
        <div class="desk">
          <header class="bar">
            <h1>{props.title}</h1>
            {props.actions && <div class="bar-actions">{props.actions}</div>}
          </header>
          {(props.notice || props.copy) && (
            <div class="notices">
              {props.copy && (
                <CopyNotice copy={props.copy} role={props.actor.role} language={props.language} />
              )}
              {props.notice}
            </div>
          )}
          <main id="main" class={props.width === 'wide' ? 'wide' : 'content'}>
            {props.children}
          </main>
        </div>
      </body>
    </html>
  </>
)

const Navigation = ({ actor, current, counts = {}, publication, language }: WorkspacePageProps) => {
  const words = commonWords[language]
  return (
    <nav class="side" aria-label={words.workspace}>
      <div class="side-inner">
        <p class="side-name">
          <a href="/admin">{publication.name}</a>
        </p>
        <ul>
          {sections.map(section => (
            <li>
              <a href={`/admin/${section}`} aria-current={section === current ? 'page' : undefined}>
                {words.sections[section]}
                {counts[section] !== undefined && (
                  <span class="count">{sayNumber(counts[section], language)}</span>
                )}
              </a>
            </li>
          ))}
        </ul>
        <div class="side-foot">
          <p class="who">{actor.name || actor.address}</p>
          <p>
            <a href="/">{words.frontPage}</a>
          </p>
          <form method="post" action="/admin/sign-out">
            <button type="submit" class="link">
              {words.signOut}
            </button>
          </form>
        </div>
      </div>
    </nav>
  )
}
