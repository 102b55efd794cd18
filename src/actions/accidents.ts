import { aligns } from '../domain/dispatch.ts'
import { domainOf } from '../domain/email-address.ts'
import { error, type Finding } from '../domain/preflight/finding.ts'
import type { Queryable } from '../store/client.ts'
import type { Newsletter } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import type { Services } from './services.ts'

/** What must not leave this machine by accident, each fault by its name. */
export async function accidents(
  { config, db }: { config: Services['config']; db: Queryable },
  newsletters: readonly Newsletter[],
): Promise<Finding[]> {
  const publication = await readPublication(db)
  const { publicUrl, dkim } = config
  const findings: Finding[] = []
  if (!publicUrl.startsWith('https://')) findings.push(error({ code: 'public-url-not-https', publicUrl }))
  if (publication.sample) findings.push(error({ code: 'sample-publication' }))
  if (publication.postalAddress.trim() === '') findings.push(error({ code: 'postal-address-missing' }))
  for (const { slug: newsletter, senderAddress } of newsletters) {
    const from = senderAddress || publication.senderAddress
    if (!from) findings.push(error({ code: 'sender-missing', newsletter }))
    else if (dkim && !aligns(domainOf(from), dkim.domain))
      findings.push(error({ code: 'from-not-aligned', newsletter, from, dkimDomain: dkim.domain }))
  }
  return findings
}
