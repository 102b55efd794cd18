type Dated = { publishedAt: Date | null }

const newest = 30
const most = 500
const day = 86_400_000

/**
 * Which stories of a feed's document to take, the newest first: 30, and on later polls also what was published since
 * it last answered, with a day's slack for clocks and caches, but not before the feed was added. A date to come counts
 * as now; a story without one is as old as the one before it in the document.
 */
export function feedPicks<Entry extends Dated>(
  entries: readonly Entry[],
  { now, addedAt, answeredAt }: { now: Date; addedAt: Date; answeredAt: Date | null },
): Entry[] {
  let last = now.getTime()
  const aged = entries.map(entry => {
    last = Math.min(entry.publishedAt?.getTime() ?? last, now.getTime())
    return { entry, at: last, publishedAt: entry.publishedAt && new Date(last) }
  })
  aged.sort((a, b) => b.at - a.at)
  const since = answeredAt
    ? Math.max(answeredAt.getTime() - day, addedAt.getTime())
    : Number.POSITIVE_INFINITY
  return aged
    .filter(({ at }, rank) => rank < newest || at > since)
    .slice(0, most)
    .map(({ entry, publishedAt }) => ({ ...entry, publishedAt }))
}
