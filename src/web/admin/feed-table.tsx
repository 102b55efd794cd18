import { isStopped } from '../../domain/feed.ts'
import { feedFault } from '../../domain/words/feed-faults.ts'
import { type FeedWords, feedWords } from '../../domain/words/feeds.ts'
import type { Feed } from '../../store/feeds.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Status, type Tone } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import type { WorkspaceFrame } from './frame.ts'

export type FeedRow = { feed: Feed; stories: number }

export const nameOf = ({ title, url }: Feed): string => title || url

/** The feeds: where they are, how they are, what they bring. */
export const FeedTable = ({
  rows,
  frame,
  mayChange,
}: {
  rows: FeedRow[]
  frame: WorkspaceFrame
  mayChange: boolean
}) => {
  const words = feedWords[frame.language]
  return (
    <div class="feeds">
      <Table
        caption={words.caption}
        rows={rows}
        columns={[
          {
            head: words.columns.feed,
            kind: 'title',
            cell: ({ feed }) => (
              <>
                {feed.title && <span>{feed.title}</span>}
                <a class="feed-url" href={feed.url} rel="noreferrer">
                  {feed.url.replace(/^https?:\/\//, '')}
                </a>
              </>
            ),
          },
          { head: words.columns.state, cell: ({ feed }) => <State feed={feed} frame={frame} /> },
          {
            head: words.columns.section,
            cell: ({ feed }) => feed.section || <span class="muted">{words.byCategory}</span>,
          },
          { head: words.columns.stories, kind: 'number', cell: ({ stories }) => stories },
          ...(mayChange
            ? [
                {
                  head: words.columns.actions,
                  kind: 'action' as const,
                  cell: ({ feed }: FeedRow) => <Actions feed={feed} words={words} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  )
}

type FeedState = keyof FeedWords['states']
const tones: Record<FeedState, Tone> = { good: 'good', waiting: 'plain', trouble: 'look', stopped: 'fix' }

function stateOf({ trouble, succeededAt }: Feed): FeedState {
  if (isStopped(trouble)) return 'stopped'
  if (trouble) return 'trouble'
  return succeededAt ? 'good' : 'waiting'
}

/** Within an hour "in 5 minutes", else "10:42" or "tomorrow 10:42". */
const sayAs = (at: Date) => (Math.abs(at.getTime() - Date.now()) < 3_570_000 ? 'moment' : 'clock')

/** The state as a word, what is wrong, when it answered last and when it is asked again. */
const State = ({ feed, frame: { language, publication } }: { feed: Feed; frame: WorkspaceFrame }) => {
  const words = feedWords[language]
  const state = stateOf(feed)
  const place = { zone: publication.timeZone, language }
  return (
    <div class="feed-state">
      <Status tone={tones[state]}>{words.states[state]}</Status>
      {feed.trouble && <p class="small">{feedFault(language, feed.trouble)}</p>}
      <p class="small muted">
        {feed.succeededAt ? (
          <>
            {words.answered} <Time at={feed.succeededAt} as={sayAs(feed.succeededAt)} {...place} />
          </>
        ) : (
          words.neverAnswered
        )}
        {state !== 'stopped' && (
          <>
            {' · '}
            {words.next}{' '}
            {feed.nextPollAt > new Date() ? (
              <Time at={feed.nextPollAt} as={sayAs(feed.nextPollAt)} {...place} />
            ) : (
              words.soon
            )}
          </>
        )}
      </p>
    </div>
  )
}

const Actions = ({ feed, words }: { feed: Feed; words: FeedWords }) => (
  <div class="row-actions">
    <form method="post" action={`/admin/stories/feeds/${feed.id}/check`}>
      <Button small label={words.checkNamed(nameOf(feed))}>
        {words.check}
      </Button>
    </form>
    <ButtonLink small href={`/admin/stories/feeds/${feed.id}`} label={words.changeNamed(nameOf(feed))}>
      {words.change}
    </ButtonLink>
  </div>
)
