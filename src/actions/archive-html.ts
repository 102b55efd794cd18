import { correctedBy } from '../domain/correction.ts'
import type { Pieces } from '../domain/rendering.ts'
import { withStraightLinks } from '../domain/story-link.ts'
import { escapeHtml, fillPieces, neutralValues } from '../mail/render/slots.ts'
import { listCorrections } from '../store/corrections.ts'
import { listSentStories } from '../store/digest-links.ts'
import type { Services } from './services.ts'

/** The HTML of an edition as everybody may read it: nobody's values, and links that lead straight to its stories. */
export async function archiveHtml(
  { config, db }: Pick<Services, 'config' | 'db'>,
  digestId: number,
  html: Pieces,
): Promise<string> {
  const stories = await listSentStories(db, digestId)
  const addresses = new Map<number, string>()
  if (stories.some(story => story.correctable)) {
    const corrected = correctedBy(await listCorrections(db, [digestId]))
    for (const { articleId, url } of stories) addresses.set(articleId, corrected.get(articleId)?.url ?? url)
  }
  const straight = withStraightLinks(html, digestId, article => {
    const url = addresses.get(article)
    return url && escapeHtml(url)
  })
  return fillPieces(straight, neutralValues(config.publicUrl), 'html')
}
