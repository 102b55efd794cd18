import { createPrivateKey } from 'node:crypto'

/** What keeps a PEM from signing mail: it must be an RSA key of 2048 bits or more (RFC 8301). Undefined for a good one. */
export function dkimKeyFault(pem: string): string | undefined {
  if (/BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED/.test(pem))
    return 'is protected by a passphrase; openssl rsa -in KEY -out KEY takes it away'
  try {
    const { asymmetricKeyType, asymmetricKeyDetails } = createPrivateKey(pem)
    if (asymmetricKeyType !== 'rsa') return `is a key of the kind ${asymmetricKeyType}; DKIM here needs RSA`
    const bits = asymmetricKeyDetails?.modulusLength ?? 0
    return bits < 2048
      ? `has ${bits} bits and needs 2048 (RFC 8301); openssl genrsa -out KEY 2048 makes one`
      : undefined
  } catch {
    return 'is no private key that can be read; openssl genrsa -out KEY 2048 makes one'
  }
}
