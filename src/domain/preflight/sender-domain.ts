import { createPublicKey, type JsonWebKey } from 'node:crypto'
import { type Finding, unchecked, warning } from './finding.ts'

/** What the DNS says to a question for TXT: its records, none too; or that it did not say. */
export type TxtAnswer = { kind: 'records'; records: string[] } | { kind: 'unknown' }

const notChecked = (name: string) => [unchecked({ code: 'dns-not-checked', name })]

/** RFC 7208 3.1, 4.5: one record that begins with `v=spf1`; several are an error for every receiver. */
export function spfFindings(domain: string, answer: TxtAnswer): Finding[] {
  if (answer.kind === 'unknown') return notChecked(domain)
  const records = answer.records.filter(record => /^v=spf1(\s|$)/i.test(record))
  if (records.length === 1) return []
  return [warning({ code: records.length ? 'spf-several' : 'spf-missing', domain })]
}

/** RFC 6376 3.6.1: the record at the selector holds the public half of the key that signs. */
export function dkimFindings(name: string, privateKey: string, answer: TxtAnswer): Finding[] {
  if (answer.kind === 'unknown') return notChecked(name)
  const keys = answer.records
    .map(tagsOf)
    .filter(tags => tags.has('p') && (tags.get('v') ?? 'DKIM1') === 'DKIM1')
  if (!keys.length) return [warning({ code: 'dkim-missing', name })]
  const ours = createPublicKey(privateKey).export({ format: 'jwk' })
  const same = keys.some(tags => {
    const theirs = publicKey(tags.get('p')!)
    return theirs?.n === ours.n && theirs?.e === ours.e
  })
  return same ? [] : [warning({ code: 'dkim-other-key', name })]
}

/** The names at which a domain's policy may stand (RFC 9989 4.10): its own first, then up to the last two labels. */
export function dmarcNames(domain: string): string[] {
  const labels = domain.split('.')
  const names = labels.slice(0, -1).map((_, index) => `_dmarc.${labels.slice(index).join('.')}`)
  return names.length > 8 ? [names[0]!, ...names.slice(-7)] : names
}

/** The policy of a domain, given what stands at each of `dmarcNames`, in order. */
export function dmarcFindings(domain: string, answers: readonly TxtAnswer[]): Finding[] {
  for (const answer of answers) {
    if (answer.kind === 'unknown') return notChecked(`_dmarc.${domain}`)
    const records = answer.records.filter(record => tagsOf(record).get('v') === 'DMARC1')
    if (records.length === 1) return []
    if (records.length) return [warning({ code: 'dmarc-several', domain })]
  }
  return [warning({ code: 'dmarc-missing', domain })]
}

/** `v=DKIM1; k=rsa; p=…` (RFC 6376 3.2): white space counts nowhere in it. */
function tagsOf(record: string): Map<string, string> {
  const tags = record.split(';').map(tag => {
    const [name = '', ...value] = tag.split('=')
    return [name.trim().toLowerCase(), value.join('=').replace(/\s+/g, '')] as const
  })
  return new Map(tags)
}

/** In either of the forms that are in use: the one that openssl writes, and the bare one of the RFC. */
function publicKey(base64: string): JsonWebKey | undefined {
  const key = Buffer.from(base64, 'base64')
  for (const type of ['spki', 'pkcs1'] as const)
    try {
      return createPublicKey({ key, format: 'der', type }).export({ format: 'jwk' })
    } catch {
      // Revoked (empty), cut, or the other form.
    }
  return undefined
}
