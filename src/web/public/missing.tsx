import type { Context } from 'hono'
import type { Language } from '../../domain/languages.ts'
import { siteWords } from '../../domain/words/site.ts'
import { listNewsletters, type Newsletter } from '../../store/newsletters.ts'
import { type Publication, readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { ReaderPage } from '../views/reader-page.tsx'

/** No newsletter of this name: the page names those that there are. */
export async function noSuchNewsletter(c: Context<AppEnv>): Promise<Response> {
  const { db } = c.var.services
  const [publication, newsletters] = await Promise.all([readPublication(db), listNewsletters(db)])
  const language = c.var.wish ?? publication.language
  const open = newsletters.filter(newsletter => newsletter.state === 'open')
  return c.html(<NoSuchNewsletter publication={publication} newsletters={open} language={language} />, 404)
}

type Props = { publication: Publication; language: Language }

const NoSuchNewsletter = ({ newsletters, ...props }: Props & { newsletters: Newsletter[] }) => {
  const words = siteWords[props.language].missing
  return (
    <ReaderPage title={words.newsletter} noindex {...props}>
      {newsletters.length > 0 && (
        <>
          <p>{words.newsletterText}</p>
          <ul class="links">
            {newsletters.map(({ slug, name }) => (
              <li>
                <a href={`/subscribe?newsletter=${slug}`}>{name}</a>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="buttons">
        <ButtonLink href="/">{words.front}</ButtonLink>
      </p>
    </ReaderPage>
  )
}

/** An edition that is not, or not any more, to be read. */
export async function noSuchEdition(c: Context<AppEnv>, newsletter: Newsletter): Promise<Response> {
  const publication = await readPublication(c.var.services.db)
  const { language } = newsletter
  const words = siteWords[language].missing
  return c.html(
    <ReaderPage title={words.edition} publication={publication} language={language} noindex>
      <p>{words.editionText}</p>
      <p class="buttons">
        <ButtonLink href={newsletter.archivePublic ? `/archive/${newsletter.slug}` : '/archive'}>
          {words.archive}
        </ButtonLink>
      </p>
    </ReaderPage>,
    404,
  )
}
