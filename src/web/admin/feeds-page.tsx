import { mayAct } from '../../domain/roles.ts'
import { feedFault } from '../../domain/words/feed-faults.ts'
import { feedWords } from '../../domain/words/feeds.ts'
import type { Feed } from '../../store/feeds.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Empty, Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { AddFeed, type AddForm, ChooseFeed } from './feed-forms.tsx'
import { type FeedRow, FeedTable, nameOf } from './feed-table.tsx'
import type { WorkspaceFrame } from './frame.ts'

const path = '/admin/stories/feeds'

export type FeedDone =
  | { kind: 'added' | 'known' | 'checked' | 'justChecked' | 'saved'; feed: Feed; stories: number }
  | { kind: 'removed'; url: string; name: string; section: string }

type Props = { frame: WorkspaceFrame; rows: FeedRow[]; form: AddForm; done?: FeedDone }

/** The feeds with how they are; editors can add one. */
export const FeedList = ({ frame, rows, form, done }: Props) => {
  const { language, actor } = frame
  const words = feedWords[language]
  const mayChange = mayAct(actor.role, 'editor')
  const wrong = Object.values(form.errors).some(Boolean)
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="stories"
      actions={<ButtonLink href="/admin/stories">{words.back}</ButtonLink>}
      notice={
        wrong ? (
          <Notice tone="fix">{words.notAdded}</Notice>
        ) : (
          done && <DoneNotice done={done} frame={frame} mayChange={mayChange} />
        )
      }
    >
      {form.candidates ? (
        <ChooseFeed form={form} candidates={form.candidates} words={words} />
      ) : (
        <>
          {rows.length > 0 ? (
            <>
              <p class="hint">{words.intro}</p>
              <FeedTable {...{ rows, frame, mayChange }} />
            </>
          ) : (
            <Empty title={words.emptyTitle}>
              <p>{mayChange ? words.empty : words.emptyForWriters}</p>
            </Empty>
          )}
          {mayChange && <AddFeed form={form} words={words} />}
        </>
      )}
    </WorkspacePage>
  )
}

const DoneNotice = ({
  done,
  frame: { language },
  mayChange,
}: {
  done: FeedDone
  frame: WorkspaceFrame
  mayChange: boolean
}) => {
  const words = feedWords[language]
  if (done.kind === 'removed')
    return (
      <Notice
        tone="good"
        action={
          mayChange && (
            <form method="post" action={path}>
              <input type="hidden" name="url" value={done.url} />
              <input type="hidden" name="section" value={done.section} />
              <Button>{words.putBack}</Button>
            </form>
          )
        }
      >
        {words.removed(done.name)}
      </Notice>
    )
  const { feed, stories, kind } = done
  const name = nameOf(feed)
  if (kind === 'checked' && feed.trouble)
    return (
      <Notice tone="look" title={words.failed(name)}>
        {feedFault(language, feed.trouble)}
      </Notice>
    )
  const tone = kind === 'known' || kind === 'justChecked' ? 'look' : 'good'
  return <Notice tone={tone}>{words[kind](name, stories)}</Notice>
}
