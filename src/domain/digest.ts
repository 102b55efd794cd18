import { z } from 'zod'
import { audience } from './audience.ts'
import { blocks } from './blocks.ts'
import { line } from './text.ts'

/** A subject is at most 250 characters, a preheader 250: what mail clients show of either is far less. */
export const digestFields = z.object({
  subject: line(250),
  preheader: line(250),
  newsletters: z
    .array(line(60))
    .max(20)
    .refine(slugs => new Set(slugs).size === slugs.length, 'each newsletter once'),
  blocks,
  audience,
})

/** A digest as it is created: what is left out is empty. */
export const digestInput = z.object({
  subject: digestFields.shape.subject.default(''),
  preheader: digestFields.shape.preheader.default(''),
  newsletters: digestFields.shape.newsletters.default([]),
  blocks: digestFields.shape.blocks.default([]),
  audience: digestFields.shape.audience.default([]),
})

/** A change of a digest: what is left out stays. */
export const digestChange = digestFields.partial()

export type DigestInput = z.infer<typeof digestInput>
