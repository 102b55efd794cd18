import PostalMime from 'postal-mime'
import type { Raw } from '../../src/store/client.ts'
import type { startMailServer } from '../support/mail-server.ts'
import { addReaders } from '../support/sending.ts'
import { runBroadsheet } from '../support/server.ts'
import { until } from '../support/until.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API as a program sees it
type Json = any

export type MailServer = Awaited<ReturnType<typeof startMailServer>>

/** What a program with a key sees of an installation. */
export function apiOf(url: string, key: string) {
  return async (method: string, path: string, body?: unknown): Promise<Json> => {
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`)
    return response.headers.get('content-type')?.includes('json') ? JSON.parse(answer) : answer
  }
}

/** Runs a command against the database, from Node, as whoever deploys does. */
export async function commandOn(
  databaseUrl: string,
  env: Record<string, string>,
  ...args: string[]
): Promise<Json> {
  const { code, stdout, stderr } = await runBroadsheet([...args, '--json'], {
    ...env,
    DATABASE_URL: databaseUrl,
  })
  if (code !== 0) throw new Error(`broadsheet ${args.join(' ')} ended with ${code}: ${stderr}`)
  return JSON.parse(stdout)
}

/** The newest mail to an address that is such a one, read as a mail client does. */
export const mailTo = (server: MailServer, address: string, subject: RegExp) =>
  until(`a mail to ${address}`, async () => {
    const taken = server.received.filter(mail => mail.to.includes(address)).reverse()
    for (const { source } of taken) {
      const mail = await PostalMime.parse(source)
      if (subject.test(mail.subject ?? '')) return mail
    }
    return undefined
  })

type Mail = Awaited<ReturnType<typeof mailTo>>

export const headerOf = (mail: Mail, name: string): string =>
  mail.headers.find(header => header.key === name.toLowerCase())?.value ?? ''

/** The first address in a mail's text that leads to such a page. */
export function linkIn(mail: Mail, path: string): string {
  const found = mail.text?.match(/https?:\/\/\S+/g)?.find(link => new URL(link).pathname.startsWith(path))
  if (!found) throw new Error(`no link to ${path} in:\n${mail.text}`)
  return found
}

type Place = {
  databaseUrl: string
  url: string
  variables: Record<string, string>
  raw: Raw
  readers: number
}

/** A newsletter with so many readers, and a digest that is fit to go to them; answers it, and the API under an owner's key. */
export async function openForSending({ databaseUrl, url, variables, raw, readers }: Place) {
  const command = (...args: string[]) => commandOn(databaseUrl, variables, ...args)
  const { id: newsletter } = await command('newsletters', 'add', 'morning', '--name', 'Morning')
  const { key } = await command('keys', 'create', '--name', 'stories', '--role', 'owner')
  await addReaders(raw, readers, [newsletter])
  const api = apiOf(url, key)
  const story = await api('POST', '/articles', { title: 'IBM leaves', url: 'https://bulletin.example/ibm' })
  const { id } = await api('POST', '/digests', {
    subject: 'IBM leaves facial recognition',
    newsletters: ['morning'],
    blocks: [{ type: 'article', articleId: story.id }],
  })
  return { api, digest: id as number }
}

/** The balance of a digest, as soon as its dispatch is finished. An API that is away meanwhile is asked again. */
export const finished = (api: ReturnType<typeof apiOf>, digest: number, ms?: number): Promise<Json> =>
  until(
    'the dispatch to finish',
    async () => {
      const balance = await api('GET', `/digests/${digest}/balance`).catch(() => undefined)
      return balance?.state === 'finished' && balance
    },
    ms,
  )
