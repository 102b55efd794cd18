/** What one source in a page says about its story, as it stands there: neither cleaned nor checked. */
export type StoryFacts = {
  title?: string
  standfirst?: string
  byline?: string
  section?: string
  published?: string
  imageUrl?: string
  imageAlt?: string
  imageCredit?: string
  canonical?: string
  language?: string
  sourceName?: string
}
