import type { Acting } from '../domain/access-event.ts'
import { maskAddress } from '../domain/email-address.ts'
import { liftBounced, type SuppressionFilter } from '../store/suppression-list.ts'
import { liftSuppression } from '../store/suppressions.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'config' | 'wake'>

/** An owner takes back one suppression; the note has its address masked only. */
export async function liftOne(services: Deps, id: number, acting: Acting): Promise<void> {
  await services.db.transaction(async tx => {
    const lifted = await liftSuppression(tx, id)
    if (!lifted) return
    const address = lifted.addressKey ? { address: maskAddress(lifted.addressKey) } : {}
    await noteAccess(tx, services, { kind: 'suppressions-lifted', count: 1, ...address }, acting)
  })
  services.wake()
}

/** An owner takes back what bounces suppressed, of these. Answers how many. */
export async function liftMany(services: Deps, filter: SuppressionFilter, acting: Acting): Promise<number> {
  const count = await services.db.transaction(async tx => {
    const lifted = await liftBounced(tx, filter)
    const domain = filter.domain ? { domain: filter.domain } : {}
    if (lifted)
      await noteAccess(tx, services, { kind: 'suppressions-lifted', count: lifted, ...domain }, acting)
    return lifted
  })
  services.wake()
  return count
}
