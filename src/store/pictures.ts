import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Picture } from '../domain/picture.ts'
import type { Queryable } from './client.ts'
import { articles, pictures } from './schema/content.ts'

type Body = { body: Uint8Array }

const described = {
  hash: pictures.hash,
  type: pictures.type,
  width: pictures.width,
  height: pictures.height,
}

/** Keeps a picture. The same one again is the same row: its name says what is in it. */
export const addPicture = (db: Queryable, picture: Picture & Body) =>
  db.insert(pictures).values(picture).onConflictDoNothing()

export async function findPicture(db: Queryable, hash: string): Promise<Picture | undefined> {
  return (await findPictures(db, [hash])).get(hash)
}

/** The pictures of these names, by name, without their octets; null and what is not there are left out. */
export async function findPictures(
  db: Queryable,
  hashes: Iterable<string | null | undefined>,
): Promise<Map<string, Picture & { octets: number }>> {
  const asked = [...new Set(hashes)].filter(hash => hash !== null && hash !== undefined)
  if (!asked.length) return new Map()
  const rows = await db
    .select({ ...described, octets: sql<number>`length(${pictures.body})` })
    .from(pictures)
    .where(inArray(pictures.hash, asked))
  return new Map(rows.map(row => [row.hash, row]))
}

/** The octets of a picture of this name and type. */
export async function readPicture(
  db: Queryable,
  { hash, type }: Pick<Picture, 'hash' | 'type'>,
): Promise<Uint8Array | undefined> {
  const [row] = await db
    .select({ body: pictures.body })
    .from(pictures)
    .where(and(eq(pictures.hash, hash), eq(pictures.type, type)))
  return row?.body
}

/**
 * Gives a story the picture that was fetched for it, unless another came meanwhile. That is no edit, and not noted as
 * one: a feed may still change the story.
 */
export const giveFetchedPicture = (
  db: Queryable,
  { articleId, imageUrl, hash }: { articleId: number; imageUrl: string; hash: string },
) =>
  db
    .update(articles)
    .set({ pictureHash: hash })
    .where(and(eq(articles.id, articleId), eq(articles.imageUrl, imageUrl), isNull(articles.pictureHash)))
