import { Resolver } from 'node:dns/promises'
import type { TxtResolver } from './resolver.ts'

/** That there is no such name, or no TXT at it, is an answer too. */
const none = new Set(['ENOTFOUND', 'ENODATA'])

/** A resolver for Node: the machine's own servers, or these (`127.0.0.1:5353`); two tries of 2 s each. */
export const nodeResolver =
  ({ servers }: { servers?: readonly string[] } = {}): TxtResolver =>
  async (name, signal) => {
    if (signal.aborted) return { kind: 'unknown' }
    const resolver = new Resolver({ timeout: 2000, tries: 2 })
    if (servers) resolver.setServers(servers)
    const cancel = () => resolver.cancel()
    signal.addEventListener('abort', cancel, { once: true })
    try {
      const records = await resolver.resolveTxt(name)
      return { kind: 'records', records: records.map(strings => strings.join('')) }
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      return none.has(code) ? { kind: 'records', records: [] } : { kind: 'unknown' }
    } finally {
      signal.removeEventListener('abort', cancel)
    }
  }
