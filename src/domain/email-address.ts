import { isEmailValid } from '@hapi/address'

/** An address that parsed: what is stored, compared and written to. */
export type EmailAddress = {
  /** Local part as typed, domain in lower-case A-labels (RFC 5890): what MAIL and RCPT carry. */
  address: string
  /** In lower case: equal keys are the same reader. */
  key: string
  /** Equal for limits only: gmail's dots and any plus tag folded (M3AAWG). */
  limitKey: string
  domain: string
  /** The local part has characters beyond ASCII: the server must offer SMTPUTF8 (RFC 6531). */
  needsUtf8: boolean
}

export type AddressRefusal = 'empty' | 'too-long' | 'no-at' | 'malformed' | 'domain'

export type AddressReading =
  | { kind: 'address'; address: EmailAddress }
  | { kind: 'refused'; reason: AddressRefusal }

/** An address as MAIL and RCPT carry it, with its domain in A-labels; what is none stays as it is. */
export function wireAddress(address: string): string {
  const reading = parseEmailAddress(address)
  return reading.kind === 'address' ? reading.address.address : address
}

// RFC 5321's Dot-string, which nearly every local part is: it spares them the whole grammar, 2 µs an address.
const dotString = /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*$/

const gmail = new Set(['gmail.com', 'googlemail.com'])

/**
 * Reads an address as typed (RFC 5321 4.5.3.1, RFC 6531, IDNA): outer white space is dropped, the local part is at
 * most 64 octets, the domain 255, and the whole 254. Quoted local parts and address literals are refused.
 */
export function parseEmailAddress(typed: string): AddressReading {
  if (typed.length > 1000) return { kind: 'refused', reason: 'too-long' }
  const text = typed.trim().normalize('NFC')
  if (text === '') return { kind: 'refused', reason: 'empty' }
  const at = text.lastIndexOf('@')
  if (at < 0) return { kind: 'refused', reason: 'no-at' }
  const local = text.slice(0, at)
  if (local === '' || /[\p{C}\p{Z}]/u.test(text)) return { kind: 'refused', reason: 'malformed' }
  const domain = asciiDomain(text.slice(at + 1))
  if (!domain) return { kind: 'refused', reason: 'domain' }
  const address = `${local}@${domain}`
  if (Buffer.byteLength(local) > 64 || domain.length > 253 || Buffer.byteLength(address) > 254)
    return { kind: 'refused', reason: 'too-long' }
  if (!dotString.test(local) && !isEmailValid(address)) return { kind: 'refused', reason: 'malformed' }
  const key = address.toLowerCase()
  return {
    kind: 'address',
    address: { address, key, limitKey: limitKeyOf(key), domain, needsUtf8: /[^\x20-\x7e]/.test(local) },
  }
}

/**
 * A domain as typed, in lower-case A-labels, as an address that parsed has it (`EmailAddress.domain`); undefined for what
 * is none.
 */
export function parseDomain(typed: string): string | undefined {
  const text = typed.trim().normalize('NFC')
  if (text.length > 1000 || /[\p{C}\p{Z}]/u.test(text)) return undefined
  const domain = asciiDomain(text)
  return domain && domain.length <= 253 ? domain : undefined
}

const hostName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(xn--[a-z0-9-]{1,59}|[a-z]{2,63})$/

function asciiDomain(typed: string): string | undefined {
  const lower = typed.toLowerCase()
  if (hostName.test(lower) && !lower.includes('xn--')) return lower
  if (/[\s/?#@:\\[\]%]/.test(lower)) return undefined
  try {
    const ascii = new URL(`http://${lower}`).hostname
    return hostName.test(ascii) ? ascii : undefined
  } catch {
    return undefined
  }
}

function limitKeyOf(key: string): string {
  const at = key.lastIndexOf('@')
  const domain = key.slice(at + 1)
  const untagged = key.slice(0, at).replace(/\+.*$/, '') || key.slice(0, at)
  return gmail.has(domain) ? `${untagged.replaceAll('.', '')}@gmail.com` : `${untagged}@${domain}`
}

/** The domain of an address that parsed once. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase()

/** An address for pages that others may see, since digests are forwarded: `a•••@e•••.com`. */
export function maskAddress(address: string): string {
  const [local = '', domain = ''] = [address.slice(0, address.lastIndexOf('@')), domainOf(address)]
  const dot = domain.lastIndexOf('.')
  return `${[...local][0] ?? ''}•••@${domain[0] ?? ''}•••${domain.slice(dot)}`
}

const commonDomains = [
  'gmail.com',
  'googlemail.com',
  'yahoo.com',
  'hotmail.com',
  'outlook.com',
  'icloud.com',
  'live.com',
  'aol.com',
  'proton.me',
  'protonmail.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  't-online.de',
  'freenet.de',
  'posteo.de',
  'yahoo.co.uk',
  'hotmail.co.uk',
  'btinternet.com',
  'comcast.net',
  'msn.com',
  'me.com',
  'mac.com',
  'fastmail.com',
]

// As near to a common one as a misspelling, and themselves providers of millions.
const realNeighbours = new Set(['mail.com', 'email.com', 'ymail.com'])

/**
 * A likely misspelling of a common provider, corrected: `ana@gmial.com` gives `ana@gmail.com`. Only ever suggested.
 * A domain one edit away (Damerau–Levenshtein, 5 letters or more in its name) from a common one counts.
 */
export function suggestAddress(address: EmailAddress): string | undefined {
  if (commonDomains.includes(address.domain) || realNeighbours.has(address.domain)) return undefined
  const near = commonDomains.find(
    domain =>
      domain.split('.')[0]!.length >= 5 &&
      Math.abs(domain.length - address.domain.length) <= 1 &&
      oneEdit(domain, address.domain),
  )
  return near && `${address.address.slice(0, address.address.lastIndexOf('@'))}@${near}`
}

function oneEdit(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  const [restA, restB] = [a.slice(start), b.slice(start)]
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  )
}

const roles = new Set([
  'admin',
  'info',
  'office',
  'sales',
  'support',
  'contact',
  'postmaster',
  'abuse',
  'noreply',
  'no-reply',
  'webmaster',
  'hostmaster',
  'newsroom',
  'press',
])

/** An address of an office rather than a person (RFC 2142 and kin): flagged, never refused. */
export const isRoleAddress = (key: string): boolean => roles.has(key.slice(0, key.lastIndexOf('@')))
