import { storyWords } from '../../domain/words/stories.ts'
import type { Fields } from '../form-fields.ts'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { type StoryErrors, StoryForm } from './story-form.tsx'

type StoryPageProps = { frame: WorkspaceFrame; values: Fields; errors?: StoryErrors }

export const NewStory = ({ frame, values, errors }: StoryPageProps) => {
  const words = storyWords[frame.language]
  return (
    <WorkspacePage
      {...frame}
      title={words.newTitle}
      current="stories"
      notice={errors && <Notice tone="fix">{words.wrong}</Notice>}
    >
      <StoryForm
        language={frame.language}
        zone={frame.publication.timeZone}
        action="/admin/stories"
        values={values}
        errors={errors}
        submit={words.add}
      />
    </WorkspacePage>
  )
}

export const EditStory = ({
  frame,
  id,
  values,
  errors,
  done,
}: StoryPageProps & { id: number; done?: 'imported' | 'known' | 'saved' }) => {
  const words = storyWords[frame.language]
  const notice = errors ? (
    <Notice tone="fix">{words.wrong}</Notice>
  ) : (
    done && <Notice tone="good">{words[done]}</Notice>
  )
  return (
    <WorkspacePage {...frame} title={words.editTitle} current="stories" notice={notice}>
      <StoryForm
        language={frame.language}
        zone={frame.publication.timeZone}
        action={`/admin/stories/${id}`}
        values={values}
        errors={errors}
        submit={words.save}
      />
    </WorkspacePage>
  )
}
