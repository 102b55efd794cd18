import type postgres from 'postgres'
import { awayCode } from './away.ts'

type Work = (scoped: never) => unknown

/**
 * postgres.js goes on with a transaction whose connection broke: it writes ROLLBACK, COMMIT, or whatever comes next on a
 * connection that is closed, which ends the process (a TypeError that nobody can catch), or that was opened again
 * meanwhile, where it runs outside of any transaction. This client writes nothing more for such a transaction, which
 * rejects as soon as its connection is closed. (postgres 3.4.9)
 */
export function endingBrokenTransactions<C extends postgres.Sql>(client: C): C {
  const begin = (...args: unknown[]) => {
    const work = args.pop() as Work
    const fate = { broken: false }
    const outcome = client.begin(...(args as []), scoped => run(scoped, work, fate)) as Promise<unknown>
    outcome.catch(() => {
      fate.broken = true
    })
    return outcome
  }
  return new Proxy(client, {
    get: (target, key) => (key === 'begin' ? begin : Reflect.get(target, key)),
  })
}

type Scoped = postgres.TransactionSql
type Fate = { broken: boolean }

async function run(scoped: Scoped, work: Work, fate: Fate): Promise<unknown> {
  try {
    const given = work(guarded(scoped, fate) as never)
    const result = await (Array.isArray(given) ? Promise.all(given) : given)
    if (!fate.broken) return result
  } catch (error) {
    if (!fate.broken && !brokeConnection(error)) throw error
  }
  // To settle would have ROLLBACK or COMMIT written. What waits hears of the closed connection instead.
  return new Promise(() => {})
}

const guarded = (scoped: Scoped, fate: Fate): Scoped =>
  new Proxy(scoped, {
    apply(target, self, args) {
      refuseIfBroken(fate)
      return Reflect.apply(target, self, args)
    },
    get(target, key) {
      if (key === 'unsafe') refuseIfBroken(fate)
      if (key !== 'savepoint') return Reflect.get(target, key)
      return (...args: unknown[]) => {
        refuseIfBroken(fate)
        const work = args.pop() as Work
        return target.savepoint(...(args as []), (inner: Scoped) => run(inner, work, fate))
      }
    },
  })

function refuseIfBroken({ broken }: Fate) {
  if (broken)
    throw Object.assign(new Error('the connection of this transaction broke'), { code: 'CONNECTION_CLOSED' })
}

/** Errors of a query carry it; others, such as of a page that was fetched meanwhile, say nothing of our connection. */
function brokeConnection(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (awayCode(error) && 'query' in error) return true
  return brokeConnection(error.cause)
}
