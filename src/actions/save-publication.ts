import type { PublicationInput } from '../domain/publication.ts'
import { sample } from '../sample/content.ts'
import { type Publication, updatePublication } from '../store/publication.ts'
import type { Services } from './services.ts'

/**
 * Saves what an owner set. The mark that keeps a sample's digests on this machine goes once name, sender's address
 * and postal address are all other than the sample's; it never comes back.
 */
export const savePublication = (
  { db }: Pick<Services, 'db'>,
  input: PublicationInput,
): Promise<Publication> => updatePublication(db, { ...input, ...(isOwn(input) && { sample: false }) })

const isOwn = ({ name, senderAddress, postalAddress }: PublicationInput) =>
  name !== sample.publication.name &&
  senderAddress !== sample.publication.senderAddress &&
  plain(postalAddress) !== plain(sample.publication.postalAddress)

const plain = (address: string) => address.replace(/[\s,]+/g, ' ').trim()
