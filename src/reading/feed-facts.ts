import type { AtomFeed, JsonFeed, MediaNs, RdfFeed, RssFeed } from 'feedsmith'

/** What a feed says about one story, as it stands there: neither cleaned nor checked; of pictures and texts the first that is one counts. */
export type EntryFacts = {
  ids: (string | undefined)[]
  links: (string | undefined)[]
  title?: string
  /** HTML or text that sums the story up. */
  summaries: (string | undefined)[]
  /** HTML or text of the story itself. */
  contents: (string | undefined)[]
  sections: (string | undefined)[]
  authors: (string | undefined)[]
  dates: (string | undefined)[]
  pictures: { url?: string; alt?: string; credit?: string }[]
  languages: (string | undefined)[]
}

type Media = MediaNs.ItemOrFeed
type MediaContent = NonNullable<Media['contents']>[number]

export const rssFacts = (item: RssFeed.Item<string>): EntryFacts => ({
  ids: [item.guid?.value],
  links: [
    item.link,
    item.atom?.links?.find(link => !link.rel || link.rel === 'alternate')?.href,
    item.guid?.isPermaLink === false ? undefined : item.guid?.value,
  ],
  title: item.title ?? item.dc?.titles?.[0] ?? item.media?.title?.value ?? item.itunes?.title,
  summaries: [item.description, item.dc?.descriptions?.[0], item.itunes?.summary, item.itunes?.subtitle],
  contents: [item.content?.encoded],
  sections: [...(item.categories?.map(category => category.name) ?? []), ...(item.dc?.subjects ?? [])],
  authors: [...(item.dc?.creators ?? []), ...(item.authors?.map(one => one.name) ?? []), item.itunes?.author],
  dates: [item.pubDate, item.dc?.dates?.[0], item.dcterms?.issued?.[0], item.atom?.published],
  pictures: [
    ...mediaPictures(item.media),
    ...(item.enclosures?.filter(one => isPicture(one.type, one.url)).map(({ url }) => ({ url })) ?? []),
    { url: item.itunes?.image },
  ],
  languages: [item.dc?.languages?.[0], item.xml?.lang],
})

export const rdfFacts = (item: RdfFeed.Item<string>): EntryFacts => ({
  ids: [item.rdf?.about],
  links: [item.link, item.rdf?.about],
  title: item.title ?? item.dc?.titles?.[0],
  summaries: [item.description, item.dc?.descriptions?.[0]],
  contents: [item.content?.encoded],
  sections: item.dc?.subjects ?? [],
  authors: item.dc?.creators ?? [],
  dates: [item.dc?.dates?.[0], item.dcterms?.issued?.[0]],
  pictures: mediaPictures(item.media),
  languages: [item.dc?.languages?.[0], item.xml?.lang],
})

export function atomFacts(entry: AtomFeed.Entry<string>): EntryFacts {
  const links = entry.links ?? []
  const pages = links.filter(link => !link.rel || link.rel === 'alternate')
  return {
    ids: [entry.id],
    links: [pages.find(link => !link.type || /html/i.test(link.type))?.href, pages[0]?.href, entry.id],
    title: entry.title?.value ?? entry.media?.title?.value,
    summaries: [
      entry.summary?.value,
      entry.media?.description?.value,
      entry.media?.groups?.[0]?.description?.value,
    ],
    contents: [entry.content?.value],
    sections: entry.categories?.map(category => category.label ?? category.term) ?? [],
    authors: [...(entry.authors?.map(author => author.name) ?? []), ...(entry.dc?.creators ?? [])],
    dates: [entry.published, entry.updated, entry.dc?.dates?.[0]],
    pictures: [
      ...mediaPictures(entry.media),
      ...links
        .filter(link => link.rel === 'enclosure' && isPicture(link.type, link.href))
        .map(({ href }) => ({ url: href })),
      { url: entry.itunes?.image },
    ],
    languages: [entry.xml?.lang, entry.dc?.languages?.[0]],
  }
}

export const jsonFacts = (item: JsonFeed.Item<string>): EntryFacts => ({
  ids: [item.id],
  links: [item.url, item.external_url, item.id],
  title: item.title,
  summaries: [item.summary],
  contents: [item.content_html, item.content_text],
  sections: item.tags ?? [],
  authors: item.authors?.map(author => author.name) ?? [],
  dates: [item.date_published, item.date_modified],
  pictures: [
    { url: item.image },
    { url: item.banner_image },
    ...(item.attachments?.filter(one => isPicture(one.mime_type, one.url)).map(({ url }) => ({ url })) ?? []),
  ],
  languages: [item.language],
})

/** Pictures of Media RSS, the widest first, then its thumbnails. */
function mediaPictures(media: Media | undefined): EntryFacts['pictures'] {
  if (!media) return []
  const grouped = media.groups?.flatMap(group => group.contents ?? []) ?? []
  const contents = [...(media.contents ?? []), ...grouped]
    .filter(isPictureContent)
    .sort((a, b) => (b.width ?? 0) - (a.width ?? 0))
  const credit = media.credits?.[0]?.value
  const holders = [media, ...(media.groups ?? []), ...(media.contents ?? []), ...grouped]
  const thumbnails = holders.flatMap(holder => holder.thumbnails ?? [])
  return [
    ...contents.map(one => ({
      url: one.url,
      alt: one.description?.value ?? one.title?.value,
      credit: one.credits?.[0]?.value ?? credit,
    })),
    ...thumbnails.map(({ url }) => ({ url, credit })),
  ]
}

const isPictureContent = ({ medium, type, url }: MediaContent): boolean =>
  medium === 'image' || (!medium && isPicture(type, url))

const isPicture = (type: string | undefined, url: string | undefined): boolean =>
  type ? /^image\//i.test(type) : /\.(jpe?g|png|webp|gif|avif)([?#]|$)/i.test(url ?? '')
