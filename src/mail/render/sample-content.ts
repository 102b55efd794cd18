import type { Language } from '../../domain/languages.ts'
import { lookSample } from '../../sample/look.ts'
import type { DigestContent, FilledBlock } from './digest-model.ts'

type Ground = Pick<DigestContent, 'publication'> & {
  newsletter: { name: string; language: Language; timeZone: string }
  /** Of this newsletter, where it has one. */
  archiveUrl?: string
  signUpUrl: string
}

/** The digest that a look is shown by, in a newsletter's language: a block of every kind, with its pictures. */
export function sampleContent({ publication, newsletter, ...links }: Ground): DigestContent {
  const { subject, preheader, blocks } = lookSample[newsletter.language]
  const pictured = <S extends { image: string }>({ image, ...story }: S) => ({
    ...story,
    imageUrl: `${publication.url}/assets/sample-${image}.png`,
  })
  return {
    publication,
    newsletter,
    subject,
    preheader,
    blocks: blocks.map((block): FilledBlock => {
      if (block.type === 'seeAlso') return { ...block, articles: block.articles.map(pictured) }
      return 'article' in block ? { ...block, article: pictured(block.article) } : block
    }),
    date: new Date(),
    ...links,
  }
}

/** The same with nothing in it that can be left out: no picture, credit, byline, note, summary, greeting nor archive. */
export function bareContent(content: DigestContent): DigestContent {
  const { archiveUrl: _, ...rest } = content
  return {
    ...rest,
    publication: { ...content.publication, logoUrl: null, footer: '' },
    preheader: '',
    blocks: content.blocks
      .filter(block => block.type !== 'text' && block.type !== 'heading')
      .map(block => {
        if (block.type === 'seeAlso') return { ...block, articles: block.articles.map(bare) }
        return 'article' in block ? { ...block, article: bare(block.article) } : block
      }),
  }
}

const bare = <S extends object>(story: S) => ({
  ...story,
  standfirst: '',
  section: '',
  byline: '',
  note: '',
  imageUrl: null,
  imageAlt: '',
  imageCredit: '',
})
