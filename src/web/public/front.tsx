import { Hono } from 'hono'
import type { Language } from '../../domain/languages.ts'
import { links } from '../../domain/links.ts'
import { siteWords } from '../../domain/words/site.ts'
import { type Edition, listLatestEditions } from '../../store/editions.ts'
import { listNewsletters, type Newsletter } from '../../store/newsletters.ts'
import { type Publication, readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { EditionList } from '../views/edition-list.tsx'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Empty } from '../views/parts/status.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { SignUpForm } from '../views/sign-up-form.tsx'

const editionsShown = 5

/** The publication's front page: what there is to sign up for, and what went out last. */
export const front = new Hono<AppEnv>().get('/', async c => {
  const { db, config } = c.var.services
  const publication = await readPublication(db)
  const [newsletters, editions] = await Promise.all([
    listNewsletters(db),
    listLatestEditions(db, editionsShown),
  ])
  const language = c.var.wish ?? publication.language
  c.header('vary', 'accept-language')
  return c.html(
    <FrontPage {...{ publication, newsletters, editions, language, publicUrl: config.publicUrl }} />,
  )
})

type Props = {
  publication: Publication
  newsletters: Newsletter[]
  editions: Edition[]
  language: Language
  publicUrl: string
}

const FrontPage = ({ publication, newsletters, editions, language, publicUrl }: Props) => {
  const words = siteWords[language]
  const open = newsletters.filter(newsletter => newsletter.state === 'open')
  const only = open.length === 1 ? open[0] : undefined
  return (
    <ReaderPage
      front
      title={publication.name}
      publication={publication}
      language={language}
      head={<FrontHead {...{ publication, newsletters, editions, language, publicUrl }} />}
      feeds={newsletters.filter(newsletter => newsletter.archivePublic)}
    >
      {open.length ? (
        <section>
          <h2>{only ? words.signUp.titleOf(only.name) : words.signUp.title}</h2>
          <p class="small-lead">{words.signUp.intro}</p>
          <SignUpForm publication={publication} newsletters={open} only={only} language={language} />
        </section>
      ) : (
        <Empty
          title={words.front.empty}
          action={
            <ButtonLink kind="main" href="/admin">
              {words.front.workspace}
            </ButtonLink>
          }
        >
          <p>{words.front.emptyText}</p>
        </Empty>
      )}
      {editions.length > 0 && (
        <section class="latest">
          <h2>{words.front.latest}</h2>
          <EditionList editions={editions} language={language} />
        </section>
      )}
    </ReaderPage>
  )
}

const FrontHead = ({ publication, language, publicUrl }: Props) => {
  const description = publication.tagline || siteWords[language].front.about(publication.name)
  return (
    <>
      <meta name="description" content={description} />
      <link rel="canonical" href={links.front(publicUrl)} />
      <meta property="og:type" content="website" />
      <meta property="og:title" content={publication.name} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={links.front(publicUrl)} />
      <meta property="og:site_name" content={publication.name} />
      {publication.logoUrl && <meta property="og:image" content={publication.logoUrl} />}
    </>
  )
}
