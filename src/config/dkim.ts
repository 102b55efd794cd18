import { dkimKeyFault } from '../domain/dkim-key.ts'
import type { EnvironmentReader } from './environment.ts'

/** What only the entry file can do: read a file, given its path. Throws when it can't. */
export type Reach = { readFile?: (path: string) => string }

export type DkimConfig = { domain: string; selector: string; privateKey: string }

/** Reads what mail is signed with (RFC 6376): undefined where nothing of it is set, or something at fault. */
export function readDkim(env: EnvironmentReader, reach: Reach): DkimConfig | undefined {
  const names = ['DKIM_DOMAIN', 'DKIM_SELECTOR', 'DKIM_PRIVATE_KEY'] as const
  const [domain, selector, key] = names.map(name => env.value(name))
  if (!domain && !selector && !key) return undefined
  for (const name of names)
    if (!env.value(name))
      env.fault(name, 'is missing; DKIM needs DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY together')
  if (domain && !/^[a-z0-9.-]+\.[a-z0-9-]+$/i.test(domain)) env.fault('DKIM_DOMAIN', 'is not a domain name')
  if (selector && !/^[a-z0-9.-]+$/i.test(selector)) env.fault('DKIM_SELECTOR', 'is not a selector')
  if (!domain || !selector || !key) return undefined
  const pem = key.includes('-----BEGIN') ? key.replaceAll('\\n', '\n') : readKeyFile(env, key, reach)
  if (pem === undefined) return undefined
  const keyFault = dkimKeyFault(pem)
  if (keyFault) env.fault('DKIM_PRIVATE_KEY', keyFault)
  return { domain: domain.toLowerCase(), selector, privateKey: pem }
}

/** What is longer may be a key without its first and last line, which no log must show. */
const longestPath = 255

function readKeyFile(env: EnvironmentReader, path: string, { readFile }: Reach): string | undefined {
  try {
    const text = readFile?.(path)
    if (text?.includes('PRIVATE KEY-----')) return text
  } catch (error) {
    if (path.length <= longestPath) {
      env.fault('DKIM_PRIVATE_KEY', `the file ${path} can’t be read (${(error as { code?: string }).code})`)
      return undefined
    }
  }
  env.fault('DKIM_PRIVATE_KEY', 'is neither a PEM private key nor the path of one')
  return undefined
}
