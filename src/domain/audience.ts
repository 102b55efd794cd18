import { z } from 'zod'
import { line } from './text.ts'

/** What a reader is filed under: in lower case. */
const tag = line(60, 1).transform(text => text.toLowerCase())

/** One thing that is, or is not, so of a reader. */
export const condition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tag'), tag, is: z.boolean().default(true) }),
  /** An attribute of the import, compared without regard to case. */
  z.strictObject({
    kind: z.literal('attribute'),
    name: line(100, 1),
    value: line(200),
    is: z.boolean().default(true),
  }),
  /** Who has this newsletter too. */
  z.strictObject({ kind: z.literal('newsletter'), newsletter: line(60, 1), is: z.boolean().default(true) }),
  /** To whom this digest was delivered. */
  z.strictObject({
    kind: z.literal('got'),
    digest: z.number().int().positive(),
    is: z.boolean().default(true),
  }),
])

/** Who of a digest's newsletters' readers gets it: each condition holds. None: all. */
export const audience = z.array(condition).max(10)

export type Condition = z.infer<typeof condition>
export type Audience = Condition[]
