import { errorFields } from '../domain/error-fields.ts'
import type { Log } from '../log.ts'

const line =
  (level: string) =>
  ({ err, ...fields }: { err?: unknown }, text: string) =>
    console.log(
      JSON.stringify({ level, ...fields, ...(err !== undefined && { err: errorFields(err) }), text }),
    )

/** One line of JSON each, for `wrangler tail` and Workers Logs. */
export const log: Log = { info: line('info'), warn: line('warn'), error: line('error') }
