import { z } from 'zod'
import { line } from './text.ts'

/** Why an edition is taken out of archive and feeds: readers who ask for it read it there. */
export const withdrawalInput = z.object({ reason: line(500, 1) })
