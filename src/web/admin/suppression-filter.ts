import type { Context } from 'hono'
import type { SuppressionCause } from '../../domain/suppression.ts'
import { momentAt } from '../../domain/zoned-time.ts'
import type { SuppressionFilter } from '../../store/suppression-list.ts'
import { domainSought, searchOf } from '../list-query.ts'
import { idIn } from '../path-id.ts'

export const causes = [
  'bounced',
  'complained',
  'objected',
  'manual',
  'erased',
] as const satisfies SuppressionCause[]

const names = ['q', 'cause', 'domain', 'from', 'to', 'dispatch'] as const

/** What a page of suppressions shows, as typed, and as the store asks for it. */
export type SoughtSuppressions = {
  typed: Partial<Record<(typeof names)[number], string>>
  filter: SuppressionFilter
  /** A time that is none: the list leaves it out, and nothing is lifted. */
  faults: { from?: true; to?: true }
}

/** Times are of the publication's zone. */
export function soughtSuppressions(c: Context, zone: string): SoughtSuppressions {
  const typed = Object.fromEntries(
    names.flatMap(name => {
      const value = (c.req.query(name) ?? '').slice(0, 254)
      return value ? [[name, value]] : []
    }),
  )
  const moments = { from: momentAt(typed.from ?? '', zone), to: momentAt(typed.to ?? '', zone) }
  return {
    typed,
    filter: {
      search: searchOf(c).toLowerCase() || undefined,
      cause: causes.find(cause => cause === typed.cause),
      domain: domainSought(c) || undefined,
      dispatchId: idIn(typed.dispatch),
      ...moments,
    },
    faults: {
      ...(typed.from && !moments.from && { from: true as const }),
      ...(typed.to && !moments.to && { to: true as const }),
    },
  }
}

/** Whether these may be lifted in one go: a domain, a time span or a dispatch says which, and all of it is understood. */
export const mayLiftTogether = ({ filter, faults }: SoughtSuppressions): boolean =>
  Object.keys(faults).length === 0 &&
  (filter.cause === undefined || filter.cause === 'bounced') &&
  Boolean(filter.domain || filter.from || filter.to || filter.dispatchId)

/** The query that says the same, with more. */
export function suppressionQuery(
  typed: SoughtSuppressions['typed'],
  more: Record<string, string> = {},
): string {
  const query = new URLSearchParams({ ...typed, ...more })
  return query.size ? `?${query}` : ''
}
