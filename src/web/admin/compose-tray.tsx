import { isEmbargoed } from '../../domain/article.ts'
import { exactMoment, sayClock } from '../../domain/dates.ts'
import { importRefusal } from '../../domain/words/import-refusals.ts'
import { saySent, sayStoryAge, trayWords } from '../../domain/words/tray.ts'
import type { TrayArticle } from '../../store/tray.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field, TextArea } from '../views/parts/fields.tsx'
import type { ComposePart } from './compose-props.ts'
import { StoryThumb } from './story-thumb.tsx'

/** The stories to take into the digest: searched, or imported from a link. */
export const Tray = ({ words, tray, search, link, blocks, frame, id }: ComposePart) => {
  const { language } = frame
  const used = new Set(
    blocks.flatMap(block =>
      'articleId' in block ? [block.articleId] : block.type === 'seeAlso' ? block.articleIds : [],
    ),
  )
  return (
    <section class="compose-tray" aria-labelledby="tray-title">
      <h2 id="tray-title">{words.stories}</h2>
      <details class="paste" open={link !== undefined}>
        <summary>{words.paste}</summary>
        <TextArea
          name="links"
          id="links"
          label={words.pasteLabel}
          form="digest"
          rows={2}
          value={link?.typed}
          error={
            link?.refusals.length
              ? link.refusals.map(({ url, refusal }) =>
                  [url, importRefusal(language, refusal)].filter(Boolean).join(': '),
                )
              : undefined
          }
          placeholder="https://"
        />
        <Button form="digest" name="act" value="import" id="import">
          {words.pasteButton}
        </Button>
      </details>
      <form method="get" action={`/admin/digests/${id}`} id="tray-search">
        <Field
          name="q"
          type="search"
          label={words.search}
          value={search}
          beside={
            <span class="without-script">
              <Button>{words.searchButton}</Button>
            </span>
          }
        />
      </form>
      <div class="tray-list">
        {tray.length === 0 && <p class="muted">{words.noStories}</p>}
        <ul class="tray" id="tray">
          {tray.map(article => (
            <li data-article={article.id} class={used.has(article.id) ? 'used' : undefined}>
              <StoryThumb article={article} />
              <TrayStory article={article} frame={frame} />
              <TrayButtons article={article} used={used.has(article.id)} words={words} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  )
}

const TrayStory = ({ article, frame }: { article: TrayArticle; frame: ComposePart['frame'] }) => {
  const { language, publication } = frame
  const place = { zone: publication.timeZone, language }
  const at = article.publishedAt ?? article.createdAt
  return (
    <div class="tray-story">
      {article.section && <p class="kicker">{article.section}</p>}
      <p class="block-title">{article.title}</p>
      <p class="muted small">
        {article.kind === 'partner' ? (
          article.sponsor
        ) : (
          <time datetime={at.toISOString()} title={exactMoment(at, place.zone, language)}>
            {sayStoryAge(article, place)}
          </time>
        )}
        {article.sent.map(sent => (
          <> · {saySent(sent, place)}</>
        ))}
        {article.dismissedAt && <> · {trayWords[language].dismissed}</>}
        {isEmbargoed(article) && (
          <> · {trayWords[language].embargo(sayClock(article.embargoUntil!, place.zone, language))}</>
        )}
      </p>
    </div>
  )
}

const TrayButtons = ({
  article,
  used,
  words,
}: {
  article: TrayArticle
  used: boolean
  words: ComposePart['words']
}) => (
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
          id={`take-${article.id}`}
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
            id={`also-${article.id}`}
            label={words.seeAlsoNamed(article.title)}
          >
            {words.seeAlso}
          </Button>
        )}
      </>
    )}
  </div>
)
