import { accentColours } from '../../domain/accent.ts'
import { longDay } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import type { MailLook } from '../../domain/mail-look.ts'
import { shownSize } from '../../domain/picture.ts'
import { isWebUrl } from '../../domain/text.ts'
import { mailWords } from '../../domain/words/mail.ts'
import { markdownToHtml } from './markdown.ts'
import { Markup } from './markup.ts'
import { type Markers, nameOrMarker } from './slots.ts'

/** A story as a digest shows it. */
export type Story = {
  title: string
  standfirst: string
  url: string
  section: string
  byline: string
  note: string
  imageUrl: string | null
  /** In pixels; absent where it is not known. */
  imageSize?: { width: number; height: number }
  /** Empty where the picture is decoration. */
  imageAlt: string
  imageCredit: string
  language: string | null
  /** Who pays for it: it is never shown without its label. */
  sponsor?: string | null
  /** What was put right since it went out, each a sentence with its day. */
  corrections?: readonly string[]
}

/** A digest's blocks with their stories in them. */
export type FilledBlock =
  | { type: 'heading'; text: string }
  | { type: 'text'; markdown: string }
  | { type: 'article'; article: Story }
  | { type: 'seeAlso'; articles: Story[] }
  | { type: 'partner'; article: Story; sponsor: string }
  | { type: 'button'; text: string; url: string }
  | { type: 'divider' }

/** All that a digest is compiled from, for one of its newsletters. */
export type DigestContent = {
  publication: MailLook & {
    name: string
    logoUrl: string | null
    /** Markdown, above the postal address. */
    footer: string
    postalAddress: string
    url: string
  }
  newsletter: { name: string; language: Language; timeZone: string }
  subject: string
  preheader: string
  blocks: readonly FilledBlock[]
  /** What each block can be jumped to by, in a preview; absent: none can. */
  anchors?: readonly string[]
  date: Date
  /** The archive's page of this digest; absent where the archive is not public. */
  archiveUrl?: string
  signUpUrl: string
}

/** How wide a picture stands in the mail: across, beside a story, and beside a paid one. */
const columns = { lead: 552, further: 176, partner: 160 }

/**
 * A story as a block shows it. Templates that editors keep rely on each of these: fields may come, none may go. Its
 * label is empty where the heading above says the same.
 */
export type StoryView = {
  /** As the attributes of the picture say it; the height is empty where it is not known. */
  imageWidth: number
  imageHeight: number | ''
  type: 'story' | 'partner'
  size: 'lead' | 'further'
  heading: 'h2' | 'h3'
  label: string
  title: string
  standfirst: string
  url: string
  byline: string
  note: string
  corrections: readonly string[]
  imageUrl: string | null
  imageAlt: string
  imageCredit: string
  /** Its language, where that is not the newsletter's. */
  foreign: string
  ruled: boolean
}

export type BlockView =
  | { type: 'heading'; text: string; first: boolean }
  | { type: 'text'; html: Markup; markdown: string; greeting: boolean }
  | StoryView
  | {
      type: 'seeAlso'
      articles: { title: string; url: string; label: string; corrections: readonly string[] }[]
      ruled: boolean
    }
  | { type: 'button'; text: string; url: string }
  | { type: 'divider' }

/** Which block looks how: what HTML and plain text both follow. */
export function blockViews(
  { blocks, newsletter, publication }: DigestContent,
  markers: Markers,
): BlockView[] {
  const words = mailWords[newsletter.language].digest
  const accent = accentColours(publication.accent).light
  const lead = blocks.findIndex(block => block.type === 'article')
  let above: string | undefined
  return blocks.map((block, index): BlockView => {
    const before = blocks[index - 1]?.type
    const story = (article: Story, column: number) => ({
      title: article.title,
      standfirst: article.standfirst,
      url: article.url,
      note: article.note,
      corrections: article.corrections ?? [],
      ...imageAttributes(article.imageSize, column),
      imageUrl: article.imageUrl && isWebUrl(article.imageUrl) ? article.imageUrl : null,
      imageAlt: article.imageAlt,
      imageCredit: article.imageCredit,
      byline: article.byline && words.by(article.byline),
      heading: above === undefined ? ('h2' as const) : ('h3' as const),
      foreign: article.language && article.language !== newsletter.language ? article.language : '',
      ruled: before === 'article' || before === 'seeAlso' || before === 'text' || before === 'button',
    })
    switch (block.type) {
      case 'heading':
        above = block.text
        return { type: 'heading', text: block.text, first: index === 0 }
      case 'text': {
        const html = markdownToHtml(block.markdown, accent, otherwise => nameOrMarker(markers, otherwise))
        return { type: 'text', html: new Markup(html), markdown: block.markdown, greeting: index === 0 }
      }
      case 'article':
        return {
          ...story(block.article, index === lead ? columns.lead : columns.further),
          type: 'story',
          size: index === lead ? 'lead' : 'further',
          label: says(above, block.article.section) ? '' : block.article.section,
        }
      case 'partner':
        return {
          ...story(block.article, columns.partner),
          type: 'partner',
          size: 'further',
          byline: '',
          label: words.advertisement(block.sponsor),
        }
      case 'seeAlso':
        return {
          type: 'seeAlso',
          articles: block.articles.map(({ title, url, sponsor, corrections = [] }) => ({
            title,
            url,
            corrections,
            label: sponsor ? words.advertisement(sponsor) : '',
          })),
          ruled: before === 'partner' || before === 'button',
        }
      case 'button':
        return { type: 'button', text: block.text, url: block.url }
      default:
        return { type: 'divider' }
    }
  })
}

/** With both, a mail keeps its lines where they are while pictures come, and Outlook the picture's shape. */
function imageAttributes(size: Story['imageSize'], column: number) {
  if (!size) return { imageWidth: column, imageHeight: '' as const }
  const { width, height } = shownSize(size, column)
  return { imageWidth: width, imageHeight: height }
}

/** Whether a heading such as "Leadership / Digital Transformation" says the section itself. */
function says(heading: string | undefined, section: string): boolean {
  if (heading === undefined) return false
  const [whole, part] = [heading.toLowerCase(), section.toLowerCase().trim()]
  return whole.trim() === part || whole.split(/[/·|,&–—]/).some(piece => piece.trim() === part)
}

/** "Tuesday 23 June 2026", by the newsletter's clock. */
export const dateLine = ({ date, newsletter }: Pick<DigestContent, 'date' | 'newsletter'>): string =>
  longDay(date, newsletter.timeZone, newsletter.language)

/** What a mail client shows beside the subject: the preheader, or what the lead story says. */
export function preheaderOf({ preheader, blocks }: DigestContent): string {
  if (preheader) return preheader
  const lead = blocks.find(block => block.type === 'article')
  return lead?.article.standfirst ?? ''
}
