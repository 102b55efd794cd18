import { pino } from 'pino'

/** Structured lines. Never give it an address, a token or a subject. */
export type Log = {
  info(fields: object, text: string): void
  warn(fields: object, text: string): void
  error(fields: object, text: string): void
}

/** Logs JSON lines to standard error. Of an error its name, code, message and stack are kept; of a query nothing else. */
export function createLog(level: 'info' | 'warn' | 'error' | 'silent' = 'info'): Log {
  return pino(
    {
      level,
      base: undefined,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    },
    pino.destination({ dest: 2, sync: true }),
  )
}

/** Drizzle's and PostgreSQL's errors carry the query's parameters, which may be addresses: only these fields are logged. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'something that is no Error was thrown' }
  const { code, routine, table_name, constraint_name } = error as Error & Record<string, unknown>
  const isQuery = error.message.startsWith('Failed query')
  return {
    name: error.name,
    message: isQuery ? 'a query failed' : routine ? `database error ${code}` : error.message,
    code,
    table: table_name,
    constraint: constraint_name,
    stack: error.stack
      ?.split('\n')
      .filter(line => /^\s+at /.test(line))
      .slice(0, 8),
    ...(error.cause !== undefined && { cause: describeError(error.cause) }),
  }
}
