// postgres.js's own codes, the network's, and PostgreSQL's for "shutting down", "crashed" and "starting" (class 57).
const codes = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  '57P01',
  '57P02',
  '57P03',
])

/** The code of an error that says that the database is away, or went away under a query: it may be back in a moment. */
export function awayCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as NodeJS.ErrnoException
  if (code !== undefined) return codes.has(code) ? code : undefined
  return awayCode(error.cause)
}
