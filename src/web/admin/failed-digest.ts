import type { Context } from 'hono'
import type { Digest } from '../../store/digests.ts'
import { type Dispatch, findDispatchOf } from '../../store/dispatches.ts'
import type { AppEnv } from '../env.ts'
import { digestOf } from './digest-of.ts'

export type C = Context<AppEnv>
export type Started = { digest: Digest; dispatch: Dispatch }

/** The digest of the path, where it has begun to go out. */
export async function started(c: C): Promise<Started | undefined> {
  const digest = await digestOf(c)
  const dispatch = digest && (await findDispatchOf(c.var.services.db, digest.id))
  return digest && dispatch?.startedAt ? { digest, dispatch } : undefined
}
