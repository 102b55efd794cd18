import type { Acting } from '../domain/access-event.ts'
import type { PublicationInput } from '../domain/publication.ts'
import { senderChanges } from '../domain/sender.ts'
import { sample } from '../sample/content.ts'
import { lockPublication, type Publication, updatePublication } from '../store/publication.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'

/**
 * Saves what an owner set. The mark that keeps a sample's digests on this machine goes once name, sender's address
 * and postal address are all other than the sample's; it never comes back. A change of the sender is noted.
 */
export async function savePublication(
  services: Pick<Services, 'db' | 'config' | 'wake'>,
  input: PublicationInput,
  acting: Acting,
): Promise<Publication> {
  const saved = await services.db.transaction(async tx => {
    const changes = senderChanges(await lockPublication(tx), input)
    if (changes.length) await noteAccess(tx, services, { kind: 'sender-changed', changes }, acting)
    return updatePublication(tx, { ...input, ...(isOwn(input) && { sample: false }) })
  })
  services.wake()
  return saved
}

const isOwn = ({ name, senderAddress, postalAddress }: PublicationInput) =>
  name !== sample.publication.name &&
  senderAddress !== sample.publication.senderAddress &&
  plain(postalAddress) !== plain(sample.publication.postalAddress)

const plain = (address: string) => address.replace(/[\s,]+/g, ' ').trim()
