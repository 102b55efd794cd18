import type { Context } from 'hono'
import { keepPicture } from '../../actions/keep-picture.ts'
import { isPictureHash } from '../../domain/picture.ts'
import { descriptionFault } from '../../domain/picture-description.ts'
import { pictureFault, pictureWords } from '../../domain/words/pictures.ts'
import type { Article } from '../../store/articles.ts'
import { findPicture } from '../../store/pictures.ts'
import type { AppEnv } from '../env.ts'
import { postedFile } from '../form-body.ts'
import type { Fields } from '../form-fields.ts'
import { editorOf } from './frame.ts'

type C = Context<AppEnv>

/** What a story's form says of its picture: its fields as they are from now on, and what is wrong with them. */
export type PictureReading = { fields: Fields; errors: { picture?: string; imageAlt?: string } }

/**
 * Reads the picture's part of a story's form. A file that was chosen is kept at once, so that it is not lost where
 * another field is wrong; it goes before a link, and a link that was just typed before what the story had.
 */
export async function readPicture(c: C, typed: Fields, before?: Article): Promise<PictureReading> {
  const { language } = editorOf(c)
  const chosen = await chosenPicture(c, typed, before)
  if (chosen.kind === 'refused') return { fields: typed, errors: { picture: pictureFault(language, chosen) } }
  const { removePicture, pictureHash, imageUrl, ...rest } = typed
  const fields: Fields =
    chosen.kind === 'removed'
      ? { ...rest, imageAlt: '', imageCredit: '', imageDecorative: '' }
      : { ...rest, pictureHash: chosen.hash ?? '', imageUrl: chosen.url ?? '' }
  if (!fields.pictureHash && !fields.imageUrl) return { fields, errors: {} }
  const { title = '', imageAlt = '', imageDecorative = '' } = fields
  const fault = descriptionFault({ title, imageAlt, imageDecorative: imageDecorative !== '' })
  const words = pictureWords[language]
  return {
    fields,
    errors: fault ? { imageAlt: fault === 'title' ? words.altIsTitle : words.altMissing } : {},
  }
}

type Chosen =
  /** Kept here, on the web, both (it came from there), or neither. */
  | { kind: 'picture'; hash?: string; url?: string }
  | { kind: 'removed' }
  | Extract<Awaited<ReturnType<typeof keepPicture>>, { kind: 'refused' }>

async function chosenPicture(c: C, typed: Fields, before?: Article): Promise<Chosen> {
  const { services } = c.var
  const file = await postedFile(c, 'picture')
  if (file) {
    const kept = await keepPicture(services, file)
    return kept.kind === 'kept' ? { kind: 'picture', hash: kept.hash } : kept
  }
  const url = typed.imageUrl?.trim() ?? ''
  if (url !== '' && url !== before?.imageUrl) return { kind: 'picture', url }
  if (typed.removePicture) return { kind: 'removed' }
  const hash = typed.pictureHash ?? ''
  const known = isPictureHash(hash) && (await findPicture(services.db, hash)) !== undefined
  return { kind: 'picture', ...(known && { hash }), ...(url !== '' && { url }) }
}
