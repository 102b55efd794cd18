import { mailWords } from '../../domain/words/mail.ts'
import { type BlockView, blockViews, type DigestContent, dateLine, type StoryView } from './digest-model.ts'
import { imprint } from './imprint.ts'
import { siteOf } from './letter-text.ts'
import { markdownToText, type SayName } from './markdown.ts'
import { type Markers, nameOrMarker } from './slots.ts'
import { columns, wrap } from './wrap.ts'

const rule = '-'.repeat(columns)
// Not "=", which quoted-printable writes in three octets.
const edge = '_'.repeat(columns)

/** The plain text of a digest, in 72 columns, with markers where the personal values go. */
export function digestText(content: DigestContent, markers: Markers): string {
  const { publication, newsletter, archiveUrl, signUpUrl } = content
  const words = mailWords[newsletter.language].digest
  const notes: string[] = []
  const note = (url: string) => (notes.includes(url) ? notes.indexOf(url) : notes.push(url) - 1) + 1
  const greeting = `${words.greeting}${markers.name},`
  const blocks = blockViews(content, markers).map((view, index, all) =>
    blockText(view, {
      words,
      greeting,
      note,
      sayName: otherwise => nameOrMarker(markers, otherwise),
      ruled: all[index - 1]?.type === 'heading',
    }),
  )
  const footer = [
    wrap(words.why(newsletter.name, siteOf(publication.url))),
    link(words.unsubscribe, markers.unsubscribe),
    link(words.preferences, markers.preferences),
    ...(archiveUrl ? [link(words.readInBrowser, archiveUrl)] : []),
    link(`${words.forwarded} ${words.signUp}`, signUpUrl),
    ...(publication.footer.trim()
      ? [markdownToText(publication.footer, url => url.replace(/^mailto:/, ''))]
      : []),
    imprint(publication.name, publication.postalAddress)
      .map(line => wrap(line))
      .join('\n'),
  ]
  return `${[
    [wrap(publication.name), wrap(`${newsletter.name} · ${dateLine(content)}`), edge].join('\n'),
    ...blocks,
    ...(notes.length
      ? [notes.map((url, index) => `[${index + 1}] ${url.replace(/^mailto:/, '')}`).join('\n')]
      : []),
    edge,
    ...footer,
  ].join('\n\n')}\n`
}

type Context = {
  words: (typeof mailWords)['en']['digest']
  greeting: string
  note: (url: string) => number
  sayName: SayName
  /** A rule stands right above already. */
  ruled: boolean
}

function blockText(view: BlockView, { words, greeting, note, sayName, ruled }: Context): string {
  switch (view.type) {
    case 'heading':
      return `\n${wrap(view.text)}\n${rule}`
    case 'text': {
      const text = markdownToText(view.markdown, note, sayName)
      return view.greeting ? `${greeting}\n\n${text}` : text
    }
    case 'story':
      return storyText(view)
    case 'partner':
      return `${ruled ? '' : `${rule}\n`}${storyText(view)}\n${rule}`
    case 'seeAlso':
      return `${words.seeAlso}\n${view.articles
        .map(({ label, title, url, corrections }) => {
          const line = label ? `${label}: ${title}` : title
          const notes = corrections.map(one => `\n${wrap(one, { first: '  ', rest: '  ' })}`).join('')
          return `${wrap(line, { first: '- ', rest: '  ' })}\n  ${url}${notes}`
        })
        .join('\n')}`
    case 'button':
      return link(view.text, view.url)
    case 'divider':
      return '* * *'
  }
}

const storyText = (story: StoryView): string =>
  [
    story.label && wrap(story.label),
    wrap(story.title),
    story.standfirst && `\n${wrap(story.standfirst)}`,
    story.byline && wrap(story.byline),
    story.note && wrap(story.note),
    ...story.corrections.map(one => wrap(one)),
    story.url,
  ]
    .filter(Boolean)
    .join('\n')

const link = (text: string, url: string) => `${wrap(`${text}:`)}\n${url}`
