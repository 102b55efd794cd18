import { pino } from 'pino'
import { errorFields } from './domain/error-fields.ts'

/** Structured lines. Never give it an address, a token or a subject. */
export type Log = {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

/** Logs JSON lines to standard error; of an error, given as `err`, what `errorFields` keeps. */
export function createLog(level: 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: errorFields },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}
