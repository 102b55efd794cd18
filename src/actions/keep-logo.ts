import { links } from '../domain/links.ts'
import { updatePublication } from '../store/publication.ts'
import { type KeepPictureOutcome, keepPicture } from './keep-picture.ts'
import type { Services } from './services.ts'

/** Makes a file the publication's logo, from the next mail and page on. */
export async function keepLogo(
  services: Pick<Services, 'config' | 'db' | 'recode'>,
  file: Uint8Array,
): Promise<KeepPictureOutcome> {
  const outcome = await keepPicture(services, file)
  if (outcome.kind === 'kept')
    await updatePublication(services.db, { logoUrl: links.picture(services.config.publicUrl, outcome) })
  return outcome
}
