import type { Context } from 'hono'
import { parseEmailAddress } from '../../domain/email-address.ts'
import type { Sight } from '../../domain/sight.ts'
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
  /** A time that is none, or less than an address from who may look for a whole one only: the list leaves it out, and nothing is lifted. */
  faults: { q?: true; from?: true; to?: true }
}

/** Times are of the publication's zone. By a part of an address only those seek who see them all. */
export function soughtSuppressions(c: Context, zone: string, sight: Sight): SoughtSuppressions {
  const typed = Object.fromEntries(
    names.flatMap(name => {
      const value = (c.req.query(name) ?? '').slice(0, 254)
      return value ? [[name, value]] : []
    }),
  )
  const whole = parseEmailAddress(typed.q ?? '')
  const address =
    sight === 'all'
      ? { search: searchOf(c).toLowerCase() || undefined }
      : { addressKey: whole.kind === 'address' ? whole.address.key : undefined }
  const moments = { from: momentAt(typed.from ?? '', zone), to: momentAt(typed.to ?? '', zone) }
  return {
    typed,
    filter: {
      ...address,
      cause: causes.find(cause => cause === typed.cause),
      domain: domainSought(c) || undefined,
      dispatchId: idIn(typed.dispatch),
      ...moments,
    },
    faults: {
      ...(typed.q && sight !== 'all' && whole.kind === 'refused' && { q: true as const }),
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
