import { error, type Finding, type Where, warning } from './finding.ts'
import { type Addressee, type Placed, storiesIn } from './placed.ts'

type Story = { title: string; standfirst: string; section: string; byline: string; note: string }
type Piece = { text: string; where?: Where; typed: boolean }
type Text = {
  subject: string
  preheader: string
  placed: readonly Placed[]
  articles: ReadonlyMap<number, Story>
  newsletters: readonly Addressee[]
  /** What of a text block's Markdown readers see as it was typed: all but where the reader's name goes. */
  withoutNames: (markdown: string) => string
}

const alone = (pattern: string) => `(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`
const toCome = new RegExp(alone('(?:TK)+'), 'u')
const markers = [toCome, new RegExp(alone('X{3,}'), 'u'), /lorem\s+ipsum/iu]

const templateCode = /\{\{[^{}]{0,40}\}\}|\{%[^{}%]{0,40}%\}|\{\{|\}\}|\{%/

/**
 * What was left to be written, and template code that readers would see as it stands. What an editor typed into the
 * digest is to be mended; a story's own text may mean it, and is only pointed at.
 */
export function placeholderFindings(text: Text): Finding[] {
  // German has a health insurer of this name, and no such convention.
  const english = !text.newsletters.length || text.newsletters.some(one => one.language === 'en')
  return piecesOf(text).flatMap(({ text, where, typed }) => {
    const found: Finding[] = []
    for (const marker of markers) {
      const [mark] = marker.exec(text) ?? []
      if (!mark) continue
      const say = typed && (marker !== toCome || english) ? error : warning
      found.push(say({ code: 'placeholder', text: mark }, where))
    }
    const [code] = templateCode.exec(text) ?? []
    if (code) found.push((typed ? error : warning)({ code: 'template-code', text: code }, where))
    return found
  })
}

function piecesOf({ subject, preheader, placed, articles, withoutNames }: Text): Piece[] {
  const typed = (text: string | undefined, where: Where): Piece[] =>
    text ? [{ text, where, typed: true }] : []
  return [
    ...typed(subject, { field: 'subject' }),
    ...typed(preheader, { field: 'preheader' }),
    ...placed.flatMap(({ at, block }): Piece[] => {
      switch (block.type) {
        case 'heading':
        case 'button':
          return typed(block.text, { block: at, field: 'text' })
        case 'text':
          return typed(withoutNames(block.markdown), { block: at, field: 'markdown' })
        case 'divider':
          return []
        default:
          return [
            ...('articleId' in block
              ? [
                  ...typed(block.title, { block: at, field: 'title' }),
                  ...typed(block.standfirst, { block: at, field: 'standfirst' }),
                ]
              : []),
            ...(block.type === 'partner' ? typed(block.sponsor, { block: at, field: 'sponsor' }) : []),
            ...storiesIn(block).map(id => ({
              text: shownOf(block, articles.get(id)),
              where: { block: at },
              typed: false,
            })),
          ]
      }
    }),
  ]
}

/** What readers see of a story's own text, in one piece. */
function shownOf(block: Placed['block'], story: Story | undefined): string {
  if (!story) return ''
  if (!('articleId' in block)) return story.title
  return [
    block.title ? '' : story.title,
    block.standfirst === undefined ? story.standfirst : '',
    story.section,
    story.byline,
    story.note,
  ].join('\n')
}
