import type { Context } from 'hono'
import { dayOfYear } from '../../domain/dates.ts'
import { siteWords } from '../../domain/words/site.ts'
import { readPublication } from '../../store/publication.ts'
import type { WithdrawnEdition } from '../../store/withdrawals.ts'
import type { AppEnv } from '../env.ts'
import { ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { ReaderPage } from '../views/reader-page.tsx'

/** An edition that was taken back: gone for good (RFC 9110 15.5.11), with the reason. */
export async function withdrawnEdition(
  c: Context<AppEnv>,
  { newsletter, at, reason }: WithdrawnEdition,
): Promise<Response> {
  const publication = await readPublication(c.var.services.db)
  const { language, name, slug, timeZone } = newsletter
  const words = siteWords[language].missing
  return c.html(
    <ReaderPage title={words.withdrawn} publication={publication} language={language} noindex>
      <div class="prose">
        <p>{words.withdrawnText(name, dayOfYear(at, timeZone, language))}</p>
        <blockquote>{reason}</blockquote>
      </div>
      <Buttons>
        <ButtonLink href={`/archive/${slug}`}>{words.archive}</ButtonLink>
      </Buttons>
    </ReaderPage>,
    410,
  )
}
