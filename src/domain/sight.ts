import { maskAddress } from './email-address.ts'
import type { Role } from './roles.ts'
import { withoutAddresses } from './smtp-reply.ts'

/**
 * Whose addresses somebody sees. `all`: lists show them, can be searched by a part of one, and downloaded. `one`: one
 * reader at a time, found by the whole address or opened from a list, which masks them; a search by a part of an
 * address would tell it letter by letter, so there is none. `none`: numbers only, and no reader's page.
 */
export type Sight = 'all' | 'one' | 'none'

const sights: Record<Role, Sight> = { owner: 'all', editor: 'one', writer: 'none' }

/** What an editor, or a key of the API, sees of readers' addresses. */
export const sees = ({ role }: { role: Role }): Sight => sights[role]

/** An address as a list shows it; null for those who see none. */
export function listedAddress(sight: Sight, address: string): string | null {
  if (sight === 'none') return null
  return sight === 'all' ? address : maskAddress(address)
}

/** A server's reply, or somebody's words about a reader, as a list shows them: they may quote the address. */
export const listedWords = (sight: Sight, words: string): string =>
  sight === 'all' ? words : withoutAddresses(words)
