import type { ResultStory, Results } from '../../actions/read-results.ts'
import { sayNumber } from '../../domain/dates.ts'
import { correctionWords } from '../../domain/words/corrections.ts'
import { outcomeWords, sayShare } from '../../domain/words/outcome.ts'
import type { MadeCorrection } from '../../store/corrections.ts'
import type { Digest } from '../../store/digests.ts'
import type { Dispatch } from '../../store/dispatches.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { type Column, Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { ClicksChart } from './clicks-chart.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { sayWho } from './history.tsx'

type Props = {
  frame: WorkspaceFrame
  digest: Digest
  dispatch: Dispatch
  results: Results
  maySend: boolean
}

/** The stories of a digest that went out: how often their links were followed, and the way to put one right. */
export const ResultStories = (props: Props) => {
  const { frame, digest, dispatch, results, maySend } = props
  const { language, publication } = frame
  const words = outcomeWords[language]
  const counted = results.stories.some(story => story.clicks !== undefined)
  const sum = results.clicks.reduce((all, one) => all + one.clicks, 0)
  const columns: Column<ResultStory>[] = [
    { head: words.story, kind: 'title', cell: story => <a href={story.url}>{story.title}</a> },
    ...(counted
      ? ([
          { head: words.clicks, kind: 'number', cell: story => sayNumber(story.clicks ?? 0, language) },
          { head: words.share, kind: 'number', cell: story => sayShare(story.clicks ?? 0, sum, language) },
        ] satisfies Column<ResultStory>[])
      : []),
    ...(maySend
      ? ([
          { head: words.actions, kind: 'action', cell: story => <Correct {...props} story={story} /> },
        ] satisfies Column<ResultStory>[])
      : []),
  ]
  if (!results.stories.length) return null
  return (
    <>
      {counted && <h2>{words.clicksTitle}</h2>}
      {counted &&
        (sum > 0 ? (
          <ClicksChart
            clicks={results.clicks}
            from={dispatch.startedAt!}
            zone={publication.timeZone}
            language={language}
          />
        ) : (
          <p class="muted">{words.noClicks}</p>
        ))}
      <h2>{words.stories}</h2>
      <Table caption={words.stories} columns={columns} rows={results.stories} />
      {results.corrections.length > 0 && <Corrections {...props} digest={digest} />}
    </>
  )
}

const Correct = ({ frame, digest, story }: Props & { story: ResultStory }) => {
  const words = correctionWords[frame.language]
  return (
    <ButtonLink
      small
      href={`/admin/digests/${digest.id}/correct/${story.articleId}`}
      label={words.actOf(story.title)}
    >
      {words.act}
    </ButtonLink>
  )
}

/** All of them, the newest first, with who made them, and the way to write about them. */
const Corrections = ({ frame, digest, results, maySend }: Props) => {
  const { language, publication } = frame
  const words = correctionWords[language]
  const titles = new Map(results.stories.map(story => [story.articleId, story.title]))
  const letter = (correction: MadeCorrection) =>
    correction.letterId === null ? (
      maySend && (
        <form method="post" action={`/admin/digests/${digest.id}/corrections/${correction.id}/letter`}>
          <Button small>{words.write}</Button>
        </form>
      )
    ) : (
      <a href={`/admin/digests/${correction.letterId}`}>{words.written}</a>
    )
  return (
    <>
      <h2>{words.list}</h2>
      <Table
        caption={words.list}
        rows={results.corrections.toReversed()}
        columns={[
          { head: words.what, kind: 'title', cell: ({ note }) => note },
          { head: words.story, cell: ({ articleId }) => titles.get(articleId) ?? '' },
          {
            head: words.when,
            cell: ({ at }) => <Time at={at} zone={publication.timeZone} language={language} />,
          },
          { head: words.who, cell: ({ by }) => sayWho(by, language) },
          { head: words.letter, kind: 'action', cell: letter },
        ]}
      />
      {maySend && <p class="hint">{words.writeHint}</p>}
    </>
  )
}
