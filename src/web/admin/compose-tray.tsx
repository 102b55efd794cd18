import { importRefusal } from '../../domain/words/import-refusals.ts'
import type { Article } from '../../store/articles.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Time } from '../views/parts/time.tsx'
import type { ComposePart } from './compose-props.ts'

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

const TrayButtons = ({
  article,
  used,
  words,
}: {
  article: Article
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
