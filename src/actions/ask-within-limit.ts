import type { Queryable } from '../store/client.ts'
import { networkWait } from '../store/network-limit.ts'
import type { Services } from './services.ts'

/**
 * Writes a stranger's request where its network has not used up its hour (SIGNUP_LIMIT; none for loopback), and wakes
 * whoever decides about it. Answers undefined, or the seconds until the network may ask again.
 */
export async function askWithinLimit(
  { db, config, wake }: Pick<Services, 'db' | 'config' | 'wake'>,
  network: string,
  write: (tx: Queryable) => Promise<unknown>,
): Promise<number | undefined> {
  const wait = network
    ? await db.transaction(async tx => {
        const seconds = await networkWait(tx, network, config.signupLimit)
        if (seconds === undefined) await write(tx)
        return seconds
      })
    : await write(db).then(() => undefined)
  if (wait === undefined) wake()
  return wait
}
