import ipaddr from 'ipaddr.js'

/**
 * The network of an address, IPv4 /24 or IPv6 /48, such as `192.0.2.0/24`: enough for limits and as proof, and no
 * person's address. Empty for loopback and for what is no address.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return ''
  const ip = ipaddr.process(address)
  if (ip.range() === 'loopback') return ''
  if (ip.kind() === 'ipv4') return `${ip.toByteArray().slice(0, 3).join('.')}.0/24`
  const [a, b, c] = (ip as ipaddr.IPv6).parts
  return `${a!.toString(16)}:${b!.toString(16)}:${c!.toString(16)}::/48`
}

/**
 * The client's address behind proxies: the last one in X-Forwarded-For that is no trusted proxy, where the peer
 * itself is one; else the peer.
 */
export function clientAddress(
  peer: string,
  forwardedFor: string | undefined,
  trusted: readonly string[],
): string {
  const isTrusted = (address: string) => {
    if (!ipaddr.isValid(address)) return false
    const ip = ipaddr.process(address)
    return trusted.some(range => {
      const [base, bits] = readRange(range)
      return ip.kind() === base.kind() && ip.match(base as ipaddr.IPv4 & ipaddr.IPv6, bits)
    })
  }
  const hops = (forwardedFor ?? '')
    .split(',')
    .map(hop => hop.trim())
    .filter(Boolean)
  let address = peer
  while (isTrusted(address) && hops.length) {
    const next = hops.pop()!
    if (!ipaddr.isValid(next)) break
    address = next
  }
  return address
}

/** Is this an IP address, or a range of them (CIDR), as TRUSTED_PROXIES lists them? */
export function isAddressRange(text: string): boolean {
  if (text.includes('/')) return ipaddr.isValidCIDR(text)
  return ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)
}

function readRange(text: string): [ipaddr.IPv4 | ipaddr.IPv6, number] {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const ip = ipaddr.process(text)
  return [ip, ip.kind() === 'ipv4' ? 32 : 128]
}

/** Is this host name or address the machine itself? */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' ||
  host.endsWith('.localhost') ||
  host === '::1' ||
  host === '[::1]' ||
  /^127(\.\d{1,3}){3}$/.test(host)
