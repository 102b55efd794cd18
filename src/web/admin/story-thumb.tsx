import { pictureName } from '../../domain/picture.ts'
import type { TrayArticle } from '../../store/tray.ts'

/** A story's picture, small: ours where it is kept, else where it stands; an empty frame where there is none. */
export const StoryThumb = ({
  article: { pictureHash, pictureType, imageUrl },
}: {
  article: Pick<TrayArticle, 'pictureHash' | 'pictureType' | 'imageUrl'>
}) => {
  const kept =
    pictureHash && pictureType && `/pictures/${pictureName({ hash: pictureHash, type: pictureType })}`
  const src = kept || imageUrl
  return src ? (
    <img
      src={src}
      alt=""
      width="72"
      height="54"
      loading="lazy"
      referrerpolicy="no-referrer"
      class="story-thumb"
    />
  ) : (
    <span class="story-thumb story-bare" aria-hidden="true" />
  )
}
