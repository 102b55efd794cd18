import type { Context } from 'hono'
import type { Sight } from '../../domain/sight.ts'
import type { Chosen } from '../../store/failures.ts'
import { domainSought, searchOf, soughtBy } from '../list-query.ts'

/** What of a dispatch's deliveries a page shows or acts on, as its address says it. */
export type FailureFilter = {
  state: 'missed' | 'failed' | 'unknown' | 'pending'
  q: string
  domain: string
  /** Ticked one by one; none: all that fits. A form to tick in sends 0 too, so that nothing ticked is nobody. */
  readers: number[]
}

const states = ['missed', 'failed', 'unknown', 'pending'] as const

export function failureFilter(c: Context): FailureFilter {
  return {
    state: states.find(state => state === c.req.query('state')) ?? 'missed',
    q: searchOf(c),
    domain: domainSought(c),
    readers: (c.req.queries('reader') ?? [])
      .filter(id => /^\d{1,15}$/.test(id))
      .slice(0, 1000)
      .map(Number),
  }
}

/** As the store asks for it. Who does not see addresses does not look for them either. */
export const chosenBy = ({ state, q, domain, readers }: FailureFilter, sight: Sight): Chosen => ({
  states: state === 'missed' ? ['failed', 'unknown'] : [state],
  ...(q && soughtBy(q, sight)),
  ...(domain && { domain }),
  ...(readers.length && { readers }),
})

/** The query that says the same, with some of it changed. */
export function queryOf(filter: FailureFilter, more: Record<string, string | number> = {}): string {
  const { state, q, domain, readers, ...rest } = { ...filter, ...more }
  const query = new URLSearchParams()
  if (state !== 'missed') query.set('state', state)
  if (q) query.set('q', String(q))
  if (domain) query.set('domain', String(domain))
  for (const id of readers) query.append('reader', String(id))
  for (const [name, value] of Object.entries(rest)) query.set(name, String(value))
  return query.size ? `?${query}` : ''
}
