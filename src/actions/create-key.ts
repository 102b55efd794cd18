import { type Acting, atTheCommandLine } from '../domain/access-event.ts'
import type { Role } from '../domain/roles.ts'
import { type ApiKey, addApiKey, removeApiKey } from '../store/api-keys.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'config' | 'wake'>

/**
 * Makes a key of the API, and notes who did. `key` is its text, which can't be read again. Absent `expiresAt`: until it
 * is revoked.
 */
export async function createKey(
  services: Deps,
  values: { name: string; role: Role; expiresAt?: Date },
  acting: Acting = atTheCommandLine,
): Promise<{ id: number; key: string }> {
  const { name, role } = values
  const made = await services.db.transaction(async tx => {
    await noteAccess(tx, services, { kind: 'key-made', name, role }, acting)
    return addApiKey(tx, values)
  })
  services.wake()
  return made
}

/** Ends a key at once, and notes who did; of two at once the second changes nothing. */
export async function revokeKey(services: Deps, key: Pick<ApiKey, 'id'>, acting: Acting): Promise<void> {
  await services.db.transaction(async tx => {
    const ended = await removeApiKey(tx, key.id)
    if (ended) await noteAccess(tx, services, { kind: 'key-revoked', ...ended }, acting)
  })
  services.wake()
}
