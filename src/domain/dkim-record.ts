import { createPublicKey } from 'node:crypto'

/** The TXT record that must stand in the DNS, so that others can check our signatures (RFC 6376 3.6.1). */
export type DkimRecord = { name: string; value: string }

type Dkim = { domain: string; selector: string; privateKey: string }

/** The record of a key; undefined where the PEM can't be read as one. */
export function dkimRecord({ domain, selector, privateKey }: Dkim): DkimRecord | undefined {
  try {
    const key = createPublicKey(privateKey).export({ type: 'spki', format: 'der' })
    return { name: `${selector}._domainkey.${domain}`, value: `v=DKIM1; k=rsa; p=${key.toString('base64')}` }
  } catch {
    return undefined
  }
}
