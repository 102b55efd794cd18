/**
 * What a log may hold of an error: name, code, message and stack. Drizzle's and PostgreSQL's errors carry the query's
 * parameters, which may be addresses: of those only the code and the names of table and constraint.
 */
export function errorFields(error: unknown): object {
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
    ...(error.cause !== undefined && { cause: errorFields(error.cause) }),
  }
}
