import { hoursOpen } from '../../domain/sending-hours.ts'
import type { Queryable } from '../../store/client.ts'
import { listMailDomains } from '../../store/mail-domains.ts'
import { findNewslettersById } from '../../store/newsletters.ts'
import type { Waits } from './progress.tsx'

/** What of a dispatch to these newsletters has to wait now: small tables only. */
export async function waitsOf(db: Queryable, newsletterIds: readonly number[]): Promise<Waits> {
  const [domains, newsletters] = await Promise.all([
    listMailDomains(db),
    findNewslettersById(db, newsletterIds),
  ])
  return {
    domains: domains.flatMap(({ domain, pausedUntil: until }) => (until ? [{ domain, until }] : [])),
    newsletters: newsletters
      .filter(one => !hoursOpen(one, new Date()))
      .map(one => ({ name: one.name, from: one.sendsFrom!.slice(0, 5) })),
  }
}
