import type { Picture } from '../../domain/picture.ts'
import { pictureWords } from '../../domain/words/pictures.ts'
import { storyWords } from '../../domain/words/stories.ts'
import type { Fields } from '../form-fields.ts'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { type StoryErrors, StoryForm } from './story-form.tsx'

type StoryPageProps = { frame: WorkspaceFrame; values: Fields; picture?: Picture; errors?: StoryErrors }

export const NewStory = ({ frame, values, picture, errors }: StoryPageProps) => {
  const words = storyWords[frame.language]
  return (
    <WorkspacePage
      {...frame}
      title={words.newTitle}
      current="stories"
      scripts={['picture-field.js']}
      notice={errors && <Notice tone="fix">{words.wrong}</Notice>}
    >
      <StoryForm
        language={frame.language}
        zone={frame.publication.timeZone}
        action="/admin/stories"
        values={values}
        picture={picture}
        errors={errors}
        submit={words.add}
      />
    </WorkspacePage>
  )
}

/** What was just done, which the page says. */
export type Done = 'imported' | 'known' | 'saved' | 'picture-not-had'

export const EditStory = ({
  frame,
  id,
  values,
  picture,
  errors,
  done,
}: StoryPageProps & { id: number; done?: Done }) => {
  const words = storyWords[frame.language]
  const notice = errors ? (
    <Notice tone="fix">{words.wrong}</Notice>
  ) : (
    done &&
    (done === 'picture-not-had' ? (
      <Notice tone="look">{pictureWords[frame.language].savedNotHad}</Notice>
    ) : (
      <Notice tone="good">{words[done]}</Notice>
    ))
  )
  return (
    <WorkspacePage
      {...frame}
      title={words.editTitle}
      current="stories"
      scripts={['picture-field.js']}
      notice={notice}
    >
      <StoryForm
        language={frame.language}
        zone={frame.publication.timeZone}
        action={`/admin/stories/${id}`}
        values={values}
        picture={picture}
        errors={errors}
        submit={words.save}
      />
    </WorkspacePage>
  )
}
