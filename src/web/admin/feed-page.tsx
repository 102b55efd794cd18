import { feedWords } from '../../domain/words/feeds.ts'
import type { Feed } from '../../store/feeds.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { FeedSection } from './feed-forms.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Props = { frame: WorkspaceFrame; feed: Feed; fields: Fields; errors: FormErrors }

/** Where a feed's stories are filed, and the way to be rid of it. */
export const EditFeed = ({ frame, feed, fields, errors }: Props) => {
  const words = feedWords[frame.language]
  const path = `/admin/stories/feeds/${feed.id}`
  return (
    <WorkspacePage
      {...frame}
      title={words.editTitle}
      current="stories"
      notice={errors.section && <Notice tone="fix">{words.wrong}</Notice>}
    >
      <div>
        <p class="facts-title">{feed.title || feed.url}</p>
        {feed.title && <p class="reply muted">{feed.url}</p>}
      </div>
      <form method="post" action={path} class="stack">
        <FeedSection form={{ fields, errors }} words={words} />
        <Buttons>
          <Button kind="main">{words.save}</Button>
          <ButtonLink href="/admin/stories/feeds">{words.title}</ButtonLink>
        </Buttons>
      </form>
      <h2>{words.removeTitle}</h2>
      <form method="post" action={`${path}/remove`} class="stack">
        <p>{words.removeText}</p>
        <Buttons>
          <Button>{words.remove}</Button>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
