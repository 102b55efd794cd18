import { html } from 'hono/html'
import { type Block, inWordsOf, labelled } from '../../domain/blocks.ts'
import { type Corrected, inCorrectedWords } from '../../domain/correction.ts'
import type { Language } from '../../domain/languages.ts'
import { correctionLine } from '../../domain/words/corrections.ts'
import { siteWords } from '../../domain/words/site.ts'
import {
  cutAtMarkers,
  fillPieces,
  makeMarkers,
  nameOrMarker,
  neutralValues,
} from '../../mail/render/slots.ts'
import type { Article } from '../../store/articles.ts'
import { proseHtml } from '../views/prose.ts'

/** Whether all its stories are paid for: then its own title says so too. */
export function isAdvertisement(blocks: readonly Block[], articles: ReadonlyMap<number, Article>): boolean {
  const shown = blocks.map(block => labelled(block, articles))
  return (
    shown.some(block => block.type === 'partner') &&
    !shown.some(block => block.type === 'article' || block.type === 'seeAlso')
  )
}

/** The story that an edition begins with: its first that nobody pays for. */
export function leadOf<A extends Article>(
  blocks: readonly Block[],
  articles: ReadonlyMap<number, A>,
): A | undefined {
  const lead = blocks.map(block => labelled(block, articles)).find(block => block.type === 'article')
  return lead?.type === 'article' ? articles.get(lead.articleId) : undefined
}

/** How an edition tells its stories. */
type Telling = { language: Language; timeZone: string; corrected: ReadonlyMap<number, Corrected> }

/** What a feed reader shows of an edition, as HTML: its stories in order, paid ones labelled in their titles. */
export function feedContent(
  blocks: readonly Block[],
  articles: ReadonlyMap<number, Article>,
  telling: Telling,
): string {
  return blocks.map(block => String(blockHtml(labelled(block, articles), articles, telling))).join('\n')
}

function blockHtml(block: Block, articles: ReadonlyMap<number, Article>, telling: Telling) {
  const words = siteWords[telling.language].feed
  switch (block.type) {
    case 'heading':
      return html`<h2>${block.text}</h2>`
    case 'text':
      return textHtml(block.markdown)
    case 'article': {
      const article = told(inWordsOf(block, articles), telling)
      return article ? html`${title(article, article.title)}${beneath(article, telling)}` : ''
    }
    case 'partner': {
      const article = told(inWordsOf(block, articles), telling)
      return article
        ? html`<p><strong>${words.label(block.sponsor)}</strong></p>
${title(article, words.advertisement(article.title), 'sponsored')}${beneath(article, telling)}`
        : ''
    }
    case 'seeAlso': {
      const items = block.articleIds.flatMap(id => told(articles.get(id), telling) ?? [])
      return html`<p>${words.seeAlso}</p>
<ul>${items.map(item => listed(item, item.kind === 'partner' ? words.advertisement(item.title) : item.title, telling))}</ul>`
    }
    case 'button':
      return html`<p><a href="${block.url}">${block.text}</a></p>`
    case 'divider':
      return '<hr>'
    // What an automatic slot took stands in its place once a digest goes out.
    case 'newest':
      return ''
  }
}

const told = (article: Article | undefined, { corrected }: Telling): Article | undefined =>
  article && inCorrectedWords(article, corrected.get(article.id))

/** A text block as somebody reads it whom nobody knows. */
function textHtml(markdown: string): string {
  const markers = makeMarkers()
  const prose = proseHtml(markdown, otherwise => nameOrMarker(markers, otherwise))
  return fillPieces(cutAtMarkers(prose, markers), neutralValues(''), 'html')
}

const title = (article: Article, text: string, rel?: 'sponsored') =>
  rel
    ? html`<h3><a href="${article.url}" rel="${rel}">${text}</a></h3>`
    : html`<h3><a href="${article.url}">${text}</a></h3>`

const listed = (article: Article, text: string, telling: Telling) =>
  article.kind === 'partner'
    ? html`<li><a href="${article.url}" rel="sponsored">${text}</a>${notes(article, telling)}</li>`
    : html`<li><a href="${article.url}">${text}</a>${notes(article, telling)}</li>`

const beneath = (article: Article, telling: Telling) =>
  html`${article.standfirst ? html`<p>${article.standfirst}</p>` : ''}${notes(article, telling)}`

const notes = ({ id }: Article, { corrected, language, timeZone }: Telling) =>
  corrected
    .get(id)
    ?.notes.map(note => html`<p><strong>${correctionLine(note, language, timeZone)}</strong></p>`) ?? ''
