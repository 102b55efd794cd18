import { z } from 'zod'
import { parseEmailAddress } from './email-address.ts'

const most = 20

/** The list of testers as it is typed: an address a line, each once, 20 at most. */
export const testersInput = z.object({
  testers: z
    .string()
    .max(10_000, 'must be at most 10000 characters')
    .transform((typed, context) => {
      const lines = typed
        .split('\n')
        .map(line => line.trim())
        .filter(Boolean)
      const readings = lines.map(line => ({ line, reading: parseEmailAddress(line) }))
      const wrong = readings.find(({ reading }) => reading.kind === 'refused')
      if (wrong) {
        context.addIssue({
          code: 'custom',
          message: `must be e-mail addresses, which ${wrong.line.slice(0, 100)} is not`,
        })
        return z.NEVER
      }
      const addresses = new Map(
        readings.flatMap(({ reading }) =>
          reading.kind === 'address' ? [[reading.address.key, reading.address.address]] : [],
        ),
      )
      if (addresses.size > most) {
        context.addIssue({ code: 'custom', message: `must be at most ${most} addresses` })
        return z.NEVER
      }
      return [...addresses.values()]
    }),
})
