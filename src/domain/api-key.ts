import { z } from 'zod'
import { roles } from './roles.ts'
import { line } from './text.ts'

/** For how many days a new key may be good, as the form offers it. */
export const keyLifetimes = ['30', '90', '365', 'never'] as const
export type KeyLifetime = (typeof keyLifetimes)[number]

/** A key as it is asked for: the program's name, a role, how long. */
export const keyInput = z.object({
  name: line(100, 1),
  role: z.enum(roles),
  lasts: z.enum(keyLifetimes),
})

/** When a key that is made now ends; undefined for one that lasts until it is revoked. */
export const keyEnd = (lasts: KeyLifetime, now = new Date()): Date | undefined =>
  lasts === 'never' ? undefined : new Date(now.getTime() + Number(lasts) * 24 * 60 * 60_000)
