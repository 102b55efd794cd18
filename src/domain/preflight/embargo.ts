import { error, type Finding } from './finding.ts'
import { type Placed, storiesIn } from './placed.ts'

type Story = { title: string; embargoUntil: Date | null }

/** Stories that may not leave yet at this moment. */
export const embargoFindings = (
  placed: readonly Placed[],
  articles: ReadonlyMap<number, Story>,
  at: Date,
): Finding[] =>
  placed.flatMap(({ at: place, block }) =>
    storiesIn(block).flatMap(articleId => {
      const story = articles.get(articleId)
      if (!story || !isEmbargoed(story, at)) return []
      const until = story.embargoUntil!.toISOString()
      const facts = { articleId, title: story.title, until, at: at.toISOString() }
      return [error({ code: 'embargo', ...facts }, { block: place })]
    }),
  )

/** At the moment itself it may. */
export const isEmbargoed = ({ embargoUntil }: Pick<Story, 'embargoUntil'>, at: Date): boolean =>
  embargoUntil !== null && embargoUntil > at
