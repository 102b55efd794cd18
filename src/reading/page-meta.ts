import type { Page } from './page.ts'
import type { StoryFacts } from './story-facts.ts'

/** What Open Graph, its `article:` words, Twitter's and the older meta names say (ogp.me, parse.ly, Dublin Core). */
export function metaFacts({ metas }: Page): StoryFacts {
  const first = (...names: string[]) => names.map(name => metas.get(name)).find(Boolean)
  const authors = ['article:author', 'author', 'parsely-author', 'sailthru.author', 'dc.creator', 'byl']
  return {
    title: first('og:title', 'twitter:title', 'parsely-title', 'dc.title'),
    standfirst: first('og:description', 'twitter:description', 'dc.description', 'description'),
    byline: authors.map(name => metas.get(name)).find(author => author && !/^(https?:|\/|@)/i.test(author)),
    section: first('article:section', 'og:article:section', 'parsely-section'),
    published: first(
      'article:published_time',
      'og:article:published_time',
      'datepublished',
      'parsely-pub-date',
      'dc.date.issued',
      'dc.date',
      'pubdate',
      'date',
    ),
    imageUrl: first('og:image:secure_url', 'og:image:url', 'og:image', 'twitter:image', 'twitter:image:src'),
    imageAlt: first('og:image:alt', 'twitter:image:alt'),
    canonical: first('og:url'),
    language: first('og:locale'),
    sourceName: first('og:site_name', 'application-name'),
  }
}

/** What is left to ask: the page's own title, its first heading, its first captioned picture. */
export function plainFacts({ title, heading, metas, links, images, published, language }: Page): StoryFacts {
  return {
    title: title || heading,
    published,
    imageUrl: links.get('image_src') ?? images.find(image => image.inFigure)?.src,
    canonical: links.get('canonical'),
    language: language || metas.get('content-language'),
  }
}
