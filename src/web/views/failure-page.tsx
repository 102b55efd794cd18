import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { siteWords } from '../../domain/words/site.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { ButtonLink } from './parts/buttons.tsx'
import { type Masthead, ReaderPage } from './reader-page.tsx'

type C = Context<AppEnv>

/** Whether a person is likely to read the answer; a program gets a line of text. */
const readByPerson = (c: C) => c.req.header('accept')?.includes('text/html') ?? false

/** Nothing is at this address. */
export async function missingPage(c: C): Promise<Response> {
  const { publication, language } = await aboutPublication(c)
  const words = siteWords[c.var.wish ?? language].missing
  if (!readByPerson(c)) return c.text(`${words.title}.\n`, 404)
  return failurePage(c, 404, publication, words)
}

/** A request that is refused before a route could say it better. */
export function refusedPage(c: C, status: ContentfulStatusCode, reason: string): Response {
  const words = siteWords[c.var.wish ?? 'en'].failed
  if (!readByPerson(c)) return c.text(`${reason || words.refused}\n`, status)
  return failurePage(c, status, nobody(c), { title: words.refused, text: reason })
}

/** Something failed. Asks nothing of the database, which may be what failed. */
export function brokenPage(c: C, status: 500 | 503): Response {
  const words = siteWords[c.var.wish ?? 'en'].failed
  if (!readByPerson(c)) return c.text(`${words.title}. ${words.text}\n`, status)
  return failurePage(c, status, nobody(c), words)
}

function failurePage(
  c: C,
  status: ContentfulStatusCode,
  publication: Masthead,
  { title, text }: { title: string; text: string },
): Response {
  const language = c.var.wish ?? 'en'
  const page = (
    <ReaderPage title={title} publication={publication} language={language} noindex>
      {text && <p>{text}</p>}
      <p>
        <ButtonLink href="/">{siteWords[language].missing.front}</ButtonLink>
      </p>
    </ReaderPage>
  )
  return c.body(page.toString() as string, status, { 'content-type': 'text/html; charset=utf-8' })
}

async function aboutPublication(c: C) {
  try {
    const publication = await readPublication(c.var.services.db)
    return { publication, language: publication.language }
  } catch {
    return { publication: nobody(c), language: 'en' as const }
  }
}

/** What stands in the masthead where the publication can't be asked: the site's own host. */
const nobody = (c: C): Masthead => {
  const publicUrl = c.var.services?.config.publicUrl
  return {
    name: publicUrl ? new URL(publicUrl).host : 'Broadsheet',
    tagline: '',
    logoUrl: null,
    accent: '#8a1c1c',
    postalAddress: '',
  }
}
