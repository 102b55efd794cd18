import type { Context } from 'hono'
import type { Audience } from '../../domain/audience.ts'
import type { Language } from '../../domain/languages.ts'
import { sayCondition } from '../../domain/words/audience.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { subjectsOf } from '../../store/digests.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'

/** Each condition in words, with the newsletters and digests that it names by their names. */
export async function audienceInWords(
  c: Context<AppEnv>,
  audience: Audience,
  language: Language,
): Promise<string[]> {
  if (!audience.length) return []
  const { db } = c.var.services
  const [newsletters, subjects] = await Promise.all([
    listNewsletters(db),
    subjectsOf(
      db,
      audience.flatMap(one => (one.kind === 'got' ? [one.digest] : [])),
    ),
  ])
  const named = {
    newsletter: (slug: string) => newsletters.find(one => one.slug === slug)?.name ?? slug,
    digest: (id: number) => subjects.get(id) || `${digestWords[language].untitled} (${id})`,
  }
  return audience.map(condition => sayCondition(condition, named, language))
}
