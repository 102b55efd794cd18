import { links } from '../domain/links.ts'
import type { Article } from '../store/articles.ts'
import type { Queryable } from '../store/client.ts'
import { findPictures } from '../store/pictures.ts'

/** A story whose picture is the one that readers see, wherever it lies; a decoration has no description. */
export type PicturedStory = Article & { imageSize?: { width: number; height: number } }

/** The stories with the pictures that are kept for them, by our own addresses; one that has none keeps its own. */
export async function picturedStories<A extends Article>(
  db: Queryable,
  articles: ReadonlyMap<number, A>,
  publicUrl: string,
): Promise<Map<number, A & PicturedStory>> {
  const kept = await findPictures(
    db,
    [...articles.values()].map(article => article.pictureHash),
  )
  return new Map(
    [...articles].map(([id, article]) => {
      const picture = kept.get(article.pictureHash ?? '')
      return [
        id,
        {
          ...article,
          imageAlt: article.imageDecorative ? '' : article.imageAlt,
          ...(picture && {
            imageUrl: links.picture(publicUrl, picture),
            imageSize: { width: picture.width, height: picture.height },
          }),
        },
      ]
    }),
  )
}
