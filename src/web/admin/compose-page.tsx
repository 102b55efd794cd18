import type { DraftBlock, DraftField } from '../../domain/draft.ts'
import { type DigestWords, digestWords } from '../../domain/words/digests.ts'
import { type ImportRefusal, importRefusal } from '../../domain/words/import-refusals.ts'
import type { Article } from '../../store/articles.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field, TextArea } from '../views/parts/fields.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { workspaceFrame } from './frame.ts'

export type ComposeProps = {
  frame: Awaited<ReturnType<typeof workspaceFrame>>
  id: number
  state: 'draft' | 'scheduled'
  revision: number
  savedAt: Date
  subject: string
  preheader: string
  /** Slugs of those it goes to, in order. */
  chosen: string[]
  newsletters: Newsletter[]
  blocks: DraftBlock[]
  /** Every article that a block names, by id. */
  articles: Map<number, Article>
  /** The stories to choose from. */
  tray: Article[]
  search: string
  link?: { typed: string; refusal: ImportRefusal }
  errors?: {
    subject?: boolean
    preheader?: boolean
    newsletters?: boolean
    blocks: { at: number; field: DraftField }[]
  }
  problem?: 'wrong' | 'changed' | 'started'
  mayPreview: boolean
}

type Words = DigestWords['compose']

/** One page: the stories at the left, the digest in the middle, what its readers will see at the right. All by forms. */
export const ComposePage = (props: ComposeProps) => {
  const { frame, id } = props
  const words = digestWords[frame.language].compose
  const base = `/admin/digests/${id}`
  return (
    <WorkspacePage
      {...frame}
      title={props.subject || words.newTitle}
      current="digests"
      width="wide"
      notice={<ComposeNotice {...props} words={words} />}
      actions={
        <>
          <span class="muted small">
            {words.saved}{' '}
            <Time at={props.savedAt} zone={frame.publication.timeZone} language={frame.language} />
          </span>
          <Status tone={props.state === 'scheduled' ? 'look' : 'plain'}>
            {digestWords[frame.language].states[props.state]}
          </Status>
          <Button form="digest" name="act" value="save">
            {words.save}
          </Button>
          <ButtonLink kind="main" href={`${base}/send`}>
            {words.send}
          </ButtonLink>
        </>
      }
    >
      <div class="compose">
        <form method="post" action={base} id="digest" class="compose-digest" novalidate>
          {/* Enter in a field saves, rather than pressing the first button of the page. */}
          <button type="submit" name="act" value="save" hidden />
          <input type="hidden" name="revision" value={props.revision} />
          <Head {...props} words={words} />
          <Blocks {...props} words={words} />
        </form>
        <Tray {...props} words={words} />
        <Preview {...props} words={words} base={base} />
      </div>
    </WorkspacePage>
  )
}

const ComposeNotice = ({ problem, state, words }: ComposeProps & { words: Words }) => {
  if (problem) return <Notice tone="fix">{words[problem]}</Notice>
  return state === 'scheduled' ? <Notice tone="look">{words.scheduledNote}</Notice> : null
}

const Head = ({
  words,
  subject,
  preheader,
  newsletters,
  chosen,
  errors,
  frame,
}: ComposeProps & { words: Words }) => {
  const ordered = [
    ...chosen.flatMap(slug => newsletters.find(one => one.slug === slug) ?? []),
    ...newsletters.filter(one => !chosen.includes(one.slug)),
  ]
  return (
    <>
      <Field
        name="subject"
        label={words.subject}
        value={subject}
        hint={words.characters([...subject].length)}
        error={errors?.subject ? words.errors.subject : undefined}
      />
      <Field
        name="preheader"
        label={words.preheader}
        hint={words.preheaderHint}
        value={preheader}
        error={errors?.preheader ? words.errors.preheader : undefined}
      />
      <fieldset class="checks compose-newsletters">
        <legend>{words.newsletters}</legend>
        <p class="hint">{words.newslettersHint}</p>
        <ul>
          {ordered.map(({ slug, name }) => (
            <li>
              <label>
                <input type="checkbox" name="newsletters" value={slug} checked={chosen.includes(slug)} />
                <span class="check-text">
                  <span class="check-label">{name}</span>
                  {chosen.length > 1 && chosen[0] === slug && <span class="check-note">{words.first}</span>}
                </span>
              </label>
              {chosen.indexOf(slug) > 0 && (
                <Button small name="act" value={`newsletter-up ${slug}`} label={words.moveUp(name)}>
                  ↑
                </Button>
              )}
            </li>
          ))}
        </ul>
        {errors?.newsletters && <p class="error">{words.errors.newsletters}</p>}
        {newsletters.length === 0 && (
          <a href="/admin/newsletters">{digestWords[frame.language].columns.newsletters}</a>
        )}
      </fieldset>
    </>
  )
}

const Blocks = (props: ComposeProps & { words: Words }) => {
  const { words, blocks } = props
  const lead = blocks.findIndex(block => block.type === 'article')
  return (
    <section aria-labelledby="blocks-title">
      <h2 id="blocks-title">{words.blocks}</h2>
      {blocks.length === 0 && <p class="muted">{words.noBlocks}</p>}
      <ol class="blocks">
        {blocks.map((block, at) => (
          <BlockItem {...props} block={block} at={at} isLead={at === lead} />
        ))}
      </ol>
      <fieldset class="buttons add-block">
        <legend>{words.addBlock}</legend>
        {(['heading', 'text', 'button', 'divider'] as const).map(type => (
          <Button small name="act" value={`add ${type}`}>
            {words.types[type]}
          </Button>
        ))}
      </fieldset>
    </section>
  )
}

type ItemProps = ComposeProps & { words: Words; block: DraftBlock; at: number; isLead: boolean }

const BlockItem = (props: ItemProps) => {
  const { words, block, at, isLead, blocks } = props
  const name = nameOf(props)
  const type = isLead ? words.types.lead : words.types[block.type]
  return (
    <li class={isLead ? 'block block-lead' : 'block'} id={`block-${at}`}>
      <input type="hidden" name="block" value={at} />
      <input type="hidden" name={`${at}.type`} value={block.type} />
      <div class="block-text">
        <p class="kicker">{type}</p>
        <BlockFields {...props} />
      </div>
      <div class="block-moves">
        <Button small name="act" value={`up ${at}`} disabled={at === 0} label={words.moveUp(name)}>
          ↑
        </Button>
        <Button
          small
          name="act"
          value={`down ${at}`}
          disabled={at === blocks.length - 1}
          label={words.moveDown(name)}
        >
          ↓
        </Button>
        <Button small name="act" value={`remove ${at}`} label={words.removeNamed(name)}>
          ✕
        </Button>
      </div>
    </li>
  )
}

/** What a block is called where its buttons are read out. */
function nameOf({ block, articles, words }: ItemProps): string {
  const type = words.types[block.type]
  if (block.type === 'article' || block.type === 'partner')
    return `${type}: ${articles.get(block.articleId)?.title ?? '?'}`
  return block.type === 'heading' && block.text ? `${type}: ${block.text}` : type
}

const BlockFields = ({ block, at, words, articles, errors }: ItemProps) => {
  const field = (name: string) => ({ name: `${at}.${name}`, id: `block-${at}-${name}` })
  const errorOf = (name: DraftField) =>
    errors?.blocks.some(fault => fault.at === at && fault.field === name) ? words.errors[name] : undefined
  switch (block.type) {
    case 'heading':
      return <Field {...field('text')} label={words.heading} value={block.text} error={errorOf('text')} />
    case 'text':
      return (
        <TextArea
          {...field('markdown')}
          label={words.markdown}
          hint={words.markdownHint}
          value={block.markdown}
          error={errorOf('markdown')}
          rows={5}
        />
      )
    case 'article':
      return (
        <Story
          {...field('articleId')}
          article={articles.get(block.articleId)}
          id={block.articleId}
          words={words}
        />
      )
    case 'partner':
      return (
        <>
          <Story
            {...field('articleId')}
            article={articles.get(block.articleId)}
            id={block.articleId}
            words={words}
          />
          <Field
            {...field('sponsor')}
            label={words.sponsor}
            value={block.sponsor}
            error={errorOf('sponsor')}
          />
        </>
      )
    case 'seeAlso':
      return (
        <ul class="see-also">
          {block.articleIds.map(id => (
            <li>
              <input type="hidden" name={`${at}.articleIds`} value={id} />
              <span>{articles.get(id)?.title ?? words.gone}</span>
              <Button
                small
                name="act"
                value={`drop-see-also ${at} ${id}`}
                label={words.removeNamed(articles.get(id)?.title ?? '')}
              >
                ✕
              </Button>
            </li>
          ))}
        </ul>
      )
    case 'button':
      return (
        <>
          <Field {...field('text')} label={words.buttonText} value={block.text} error={errorOf('text')} />
          <Field
            {...field('url')}
            type="url"
            label={words.buttonUrl}
            value={block.url}
            error={errorOf('url')}
            placeholder="https://"
          />
        </>
      )
    case 'divider':
      return <hr />
  }
}

const Story = ({
  name,
  article,
  id,
  words,
}: {
  name: string
  article?: Article
  id: number
  words: Words
}) => (
  <>
    <input type="hidden" name={name} value={id} />
    {article ? (
      <>
        <p class="block-title">{article.title}</p>
        {article.standfirst && <p class="muted">{article.standfirst}</p>}
        <p class="small">
          <a href={`/admin/stories/${id}`}>{words.edit}</a>
        </p>
      </>
    ) : (
      <p class="error">{words.gone}</p>
    )}
  </>
)

const Tray = ({ words, tray, search, link, blocks, frame, id }: ComposeProps & { words: Words }) => {
  const { language } = frame
  const used = new Set(
    blocks.flatMap(block =>
      'articleId' in block ? [block.articleId] : block.type === 'seeAlso' ? block.articleIds : [],
    ),
  )
  return (
    <section class="compose-tray" aria-labelledby="tray-title">
      <h2 id="tray-title">{words.stories}</h2>
      <Field
        name="link"
        id="link"
        type="url"
        label={words.paste}
        form="digest"
        value={link?.typed}
        error={link && importRefusal(language, link.refusal)}
        placeholder="https://"
        beside={
          <Button form="digest" name="act" value="import">
            {words.pasteButton}
          </Button>
        }
      />
      <form method="get" action={`/admin/digests/${id}`}>
        <Field
          name="q"
          type="search"
          label={words.search}
          value={search}
          beside={<Button>{words.searchButton}</Button>}
        />
      </form>
      {tray.length === 0 && <p class="muted">{words.noStories}</p>}
      <ul class="tray">
        {tray.map(article => (
          <li>
            <div>
              {article.section && <p class="kicker">{article.section}</p>}
              <p class="block-title">{article.title}</p>
              <p class="muted small">
                {article.kind === 'partner'
                  ? article.sponsor
                  : article.publishedAt && (
                      <Time at={article.publishedAt} zone={frame.publication.timeZone} language={language} />
                    )}
              </p>
            </div>
            <TrayButtons article={article} used={used.has(article.id)} words={words} />
          </li>
        ))}
      </ul>
    </section>
  )
}

const TrayButtons = ({ article, used, words }: { article: Article; used: boolean; words: Words }) => (
  <div class="tray-buttons">
    {used ? (
      <span class="muted small">{words.added}</span>
    ) : (
      <>
        <Button
          small
          form="digest"
          name="act"
          value={`add-story ${article.id}`}
          label={words.addNamed(article.title)}
        >
          {words.add}
        </Button>
        {article.kind === 'editorial' && (
          <Button
            small
            form="digest"
            name="act"
            value={`see-also ${article.id}`}
            label={words.seeAlsoNamed(article.title)}
          >
            {words.seeAlso}
          </Button>
        )}
      </>
    )}
  </div>
)

const Preview = ({
  words,
  mayPreview,
  base,
  revision,
  id,
}: ComposeProps & { words: Words; base: string }) => (
  <section class="compose-preview" aria-labelledby="preview-title">
    <div class="compose-preview-inner">
      <h2 id="preview-title">{words.preview}</h2>
      {mayPreview ? (
        <>
          <p class="muted small">
            {words.previewSaved} <a href={`${base}/preview?format=html`}>{words.previewHtml}</a> ·{' '}
            <a href={`${base}/preview?format=text`}>{words.previewText}</a>
          </p>
          <iframe
            title={words.preview}
            src={`${base}/preview?format=html&revision=${revision}`}
            class="preview-frame"
          />
        </>
      ) : (
        <p class="muted">{words.previewFirst}</p>
      )}
      <p>
        <a class="small" href={`/admin/digests/${id}/discard`}>
          {words.discard}
        </a>
      </p>
    </div>
  </section>
)
