import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { archiveHtml } from '../../actions/archive-html.ts'
import { sayNumber } from '../../domain/dates.ts'
import { links } from '../../domain/links.ts'
import type { Pieces } from '../../domain/rendering.ts'
import { siteWords } from '../../domain/words/site.ts'
import { countEditions, type Edition, findEdition, listEditions } from '../../store/editions.ts'
import { findNewsletter, listNewsletters, type Newsletter } from '../../store/newsletters.ts'
import { readPublication } from '../../store/publication.ts'
import { findWithdrawn } from '../../store/withdrawals.ts'
import type { AppEnv } from '../env.ts'
import { pageBefore } from '../list-query.ts'
import { mailPolicy } from '../middleware/security-headers.ts'
import { pathId } from '../path-id.ts'
import { EditionList } from '../views/edition-list.tsx'
import { ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Empty } from '../views/parts/status.tsx'
import { Pager } from '../views/parts/table.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { noSuchEdition, noSuchNewsletter } from './missing.tsx'
import { withdrawnEdition } from './withdrawn.tsx'

type C = Context<AppEnv>

const perPage = 30

/** What was sent, for everybody to read. */
export const archive = new Hono<AppEnv>()
  .get('/', listPage)
  .get('/:newsletter', async c => {
    const newsletter = await findNewsletter(c.var.services.db, c.req.param('newsletter'))
    return newsletter?.archivePublic ? newsletterPage(c, newsletter) : noSuchNewsletter(c)
  })
  .get('/:newsletter/:digest', async c => {
    const { db } = c.var.services
    const [slug, digest] = [c.req.param('newsletter'), pathId(c, 'digest')]
    const edition = digest === undefined ? undefined : await findEdition(db, slug, digest)
    if (edition) return editionDocument(c, edition)
    const withdrawn = digest === undefined ? undefined : await findWithdrawn(db, slug, digest)
    if (withdrawn) return withdrawnEdition(c, withdrawn)
    const newsletter = await findNewsletter(db, slug)
    return newsletter ? noSuchEdition(c, newsletter) : noSuchNewsletter(c)
  })

async function listPage(c: C) {
  const { db } = c.var.services
  const [publication, all, counts] = await Promise.all([
    readPublication(db),
    listNewsletters(db),
    countEditions(db),
  ])
  const language = c.var.wish ?? publication.language
  const words = siteWords[language].archive
  const newsletters = all.filter(newsletter => newsletter.archivePublic)
  const say = (id: number) => {
    const count = counts.get(id) ?? 0
    if (count < 2) return count ? words.one : words.zero
    return words.editions(sayNumber(count, language))
  }
  c.header('vary', 'accept-language')
  return c.html(
    <ReaderPage title={words.title} publication={publication} language={language} feeds={newsletters}>
      {newsletters.length ? (
        <>
          <p class="small-lead">{words.intro}</p>
          <ul class="shelf">
            {newsletters.map(({ id, slug, name, description, language: own }) => (
              <li lang={own === language ? undefined : own}>
                <h2>
                  <a href={`/archive/${slug}`}>{name}</a>
                </h2>
                <p class="shelf-count" lang={language}>
                  {say(id)}
                </p>
                {description && <p class="shelf-about">{description}</p>}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <Empty title={words.none}>
          <p>{words.noneText}</p>
        </Empty>
      )}
    </ReaderPage>,
  )
}

async function newsletterPage(c: C, newsletter: Newsletter) {
  const { db, config } = c.var.services
  const before = pageBefore(c)
  const [publication, rows] = await Promise.all([
    readPublication(db),
    listEditions(db, newsletter.id, { limit: perPage + 1, before }),
  ])
  const { language, slug, name } = newsletter
  const words = siteWords[language]
  const editions = rows.slice(0, perPage)
  const older = rows.length > perPage ? `/archive/${slug}?before=${editions.at(-1)!.digestId}` : undefined
  return c.html(
    <ReaderPage
      title={words.archive.titleOf(name)}
      heading={name}
      publication={publication}
      language={language}
      feeds={[newsletter]}
      head={<link rel="canonical" href={links.archive(config.publicUrl, slug)} />}
    >
      {newsletter.description && <p class="lead">{newsletter.description}</p>}
      <Buttons>
        {newsletter.state === 'open' && (
          <ButtonLink kind="main" href={`/subscribe?newsletter=${slug}`}>
            {words.signUp.buttonOf(name)}
          </ButtonLink>
        )}
        <ButtonLink href={`/archive/${slug}/feed.xml`}>{words.archive.feed}</ButtonLink>
      </Buttons>
      {editions.length ? (
        <section class="latest">
          <h2>{words.archive.all}</h2>
          <EditionList editions={editions} language={language} />
          <Pager newer={before ? `/archive/${slug}` : undefined} older={older} language={language} />
        </section>
      ) : (
        <Empty title={words.archive.none}>
          <p>{words.archive.noneText}</p>
        </Empty>
      )}
    </ReaderPage>,
  )
}

/** The edition as it was mailed, or corrected since, with nobody's values in it, under a line that leads to the others. */
async function editionDocument(c: C, edition: Edition & { html: Pieces }) {
  const { services } = c.var
  const { publicUrl } = services.config
  const { newsletter, digestId } = edition
  const mail = await archiveHtml(services, digestId, edition.html)
  const document = mail
    .replace(/<\/head>/i, end => `${editionHead(publicUrl, edition)}${end}`)
    .replace(/<body[^>]*>/i, start => `${start}${editionBar(edition)}<main>`)
    .replace(/<\/body>/i, end => `</main>${end}`)
  return c.html(document, 200, {
    'content-security-policy': mailPolicy,
    link: `<${links.archive(publicUrl, newsletter.slug, digestId)}>; rel="canonical"`,
  })
}

const editionHead = (publicUrl: string, { newsletter, digestId, subject, preheader }: Edition) => html`
<meta property="og:type" content="article">
<meta property="og:title" content="${subject}">
<meta property="og:description" content="${preheader}">
<meta property="og:url" content="${links.archive(publicUrl, newsletter.slug, digestId)}">
<link rel="alternate" type="application/rss+xml" title="${newsletter.name}" href="/archive/${newsletter.slug}/feed.xml">
<style>
body { overflow-wrap: anywhere; }
/* The mail lies on the page's own paper, light or dark. */
.paper > main > div { background-color: transparent !important; }
.archive-bar { box-sizing: border-box; display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 24px; max-width: 600px; margin: 0 auto; padding: 4px 24px; font: 15px/1.5 Arial, sans-serif; }
.archive-bar a { display: inline-block; padding: 11px 0; color: #655f55; text-underline-offset: 3px; }
@media (max-width: 479px) { .archive-bar { padding: 4px 16px; } }
@media (prefers-color-scheme: dark) { .archive-bar a { color: #a8a193; } }
@media print { .archive-bar { display: none; } }
</style>
`

const editionBar = ({ newsletter }: Edition) => {
  const words = siteWords[newsletter.language]
  return html`<nav class="archive-bar" aria-label="${words.archive.bar}"><a href="/archive/${newsletter.slug}">${words.archive.titleOf(newsletter.name)}</a> <a href="/subscribe?newsletter=${newsletter.slug}">${words.signUp.button}</a></nav>`
}
