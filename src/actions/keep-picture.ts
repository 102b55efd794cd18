import { createHash } from 'node:crypto'
import type { Picture } from '../domain/picture.ts'
import type { PictureRefusal } from '../pictures/recode.ts'
import { addPicture } from '../store/pictures.ts'
import type { Services } from './services.ts'

export type KeepPictureOutcome = ({ kind: 'kept' } & Picture) | ({ kind: 'refused' } & PictureRefusal)

/**
 * Makes of a file a picture that is kept for ever, since mails that were sent name it. The same file gives the same
 * picture. What is no picture, or can't be read, is refused with the reason, and nothing is written.
 */
export async function keepPicture(
  { db, recode }: Pick<Services, 'db' | 'recode'>,
  file: Uint8Array,
): Promise<KeepPictureOutcome> {
  const outcome = await recode(file)
  if (outcome.kind === 'refused') return outcome
  const { body, ...picture } = outcome.picture
  const hash = createHash('sha256').update(body).digest('base64url').slice(0, 24)
  await addPicture(db, { hash, ...picture, body })
  return { kind: 'kept', hash, ...picture }
}
