import { domainOf } from '../domain/email-address.ts'
import { type Finding, inOrder } from '../domain/preflight/finding.ts'
import { dkimFindings, dmarcFindings, dmarcNames, spfFindings } from '../domain/preflight/sender-domain.ts'
import type { Digest } from '../store/digests.ts'
import { findNewslettersById } from '../store/newsletters.ts'
import { readPublication } from '../store/publication.ts'
import type { Services } from './services.ts'

/** For all names together. */
const time = 8000

export type SenderCheck =
  /** Nothing leaves this machine, or nobody sends yet: the DNS has no say. */
  | { kind: 'none'; why: 'mailbox' | 'no-sender' }
  | { kind: 'checked'; domains: string[]; signed: boolean; findings: Finding[] }

/**
 * Asks the DNS whether receivers will believe that a digest's senders are who they say (SPF, DKIM, DMARC). What it does not
 * say in time is not checked, which is no fault.
 */
export async function checkSenders(
  { config, db, resolveTxt }: Pick<Services, 'config' | 'db' | 'resolveTxt'>,
  digest: Digest,
): Promise<SenderCheck> {
  if (config.transport.kind === 'mailbox') return { kind: 'none', why: 'mailbox' }
  const publication = await readPublication(db)
  const newsletters = await findNewslettersById(
    db,
    digest.newsletters.map(one => one.id),
  )
  const domains = unique(
    newsletters
      .map(one => one.senderAddress || publication.senderAddress)
      .filter(Boolean)
      .map(domainOf),
  )
  if (!domains.length) return { kind: 'none', why: 'no-sender' }
  const signal = AbortSignal.timeout(time)
  const txt = (name: string) => resolveTxt(name, signal)
  const { dkim, bounceAddress } = config
  const key = dkim && `${dkim.selector}._domainkey.${dkim.domain}`
  // SPF is asked of the envelope's sender (RFC 7208 2.4), DMARC of the From that readers see.
  const envelopes = bounceAddress ? [domainOf(bounceAddress)] : domains
  const findings = await Promise.all([
    ...envelopes.map(async domain => spfFindings(domain, await txt(domain))),
    ...(key ? [txt(key).then(answer => dkimFindings(key, dkim.privateKey, answer))] : []),
    ...domains.map(async domain => dmarcFindings(domain, await Promise.all(dmarcNames(domain).map(txt)))),
  ])
  return { kind: 'checked', domains, signed: key !== undefined, findings: inOrder(findings.flat()) }
}

const unique = (list: readonly string[]) => [...new Set(list)]
