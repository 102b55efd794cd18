import { relative, resolve } from 'node:path'
import type { Home } from '../actions/home.ts'
import type { Config } from '../config.ts'
import { isLoopback } from '../domain/network.ts'

export type Started = {
  config: Config
  ownerLink?: string
  home: Home
  /** `refused`: it was asked for, and something was there already. */
  sample: 'made' | 'refused' | 'none'
  /** Milliseconds from the process's beginning. */
  took: number
}

type Row = [name: string, text: string]

/** What a person reads after the start: where to go, what is stored where, how to stop. */
export function greeting({ config, ownerLink, home, sample, took }: Started): string {
  const { publicUrl, transport } = config
  const places: Row[] = [
    ['Front page', `${publicUrl}/`],
    ['Workspace', `${publicUrl}/admin`],
    ...(transport.kind === 'mailbox' ? [['Mailbox', `${publicUrl}/mailbox`] as Row] : []),
  ]
  const facts: Row[] = [
    [
      'Data',
      config.databaseUrl ? databaseOf(config.databaseUrl) : `${shortPath(config.dataDir)} (PostgreSQL 18)`,
    ],
    ['Mail', mailOf(config, home)],
    ['Stop', 'Ctrl-C; what is being sent is finished first'],
  ]
  return [
    '',
    `Broadsheet runs, after ${(took / 1000).toFixed(1)} s.`,
    '',
    ...places.map(row),
    '',
    ...(sample === 'made' ? ['A sample publication, “The Ledger”, is set up, with a draft digest.', ''] : []),
    ...(sample === 'refused' ? ['The sample was not set up: this database is in use already.', ''] : []),
    ...(ownerLink ? ['Become its owner (works once, for 24 hours):', `  ${ownerLink}`, ''] : []),
    ...(home.kind === 'copy' ? [...copyNotes(config, home.of), ''] : []),
    ...facts.map(row),
    '',
  ].join('\n')
}

/** The same for programs. */
export const greetingData = ({ config, ownerLink, home, sample }: Started) => ({
  url: config.publicUrl,
  workspace: `${config.publicUrl}/admin`,
  ...(config.transport.kind === 'mailbox' && { mailbox: `${config.publicUrl}/mailbox` }),
  ...(ownerLink && { ownerLink }),
  sample: sample === 'made',
  ...(home.kind === 'copy' && { copyOf: home.of }),
})

/** For whoever starts a process on a copy: what it does not do, and what makes it the original. */
export const copyNotes = ({ publicUrl }: Config, of: string): string[] => [
  `This database is a copy of ${of}: under ${publicUrl} it sends nothing over a mail server.`,
  isLoopback(new URL(publicUrl).hostname)
    ? 'That stays so while PUBLIC_URL is known to this machine alone.'
    : 'Make it the original with `npx broadsheet home --claim`, or keep it silent.',
]

const row = ([name, text]: Row) => `  ${name.padEnd(12)}${text}`

const databaseOf = (url: string) => {
  const { host, pathname } = new URL(url)
  return `the PostgreSQL of DATABASE_URL (${host || 'localhost'}${pathname})`
}

function mailOf({ transport }: Config, home: Home): string {
  if (transport.kind === 'mailbox') return 'caught by the mailbox; nothing leaves this machine'
  if (home.kind === 'copy') return 'none goes out'
  return `goes out by ${transport.host}`
}

function shortPath(path: string): string {
  const near = relative(process.cwd(), resolve(path))
  return near === '' ? '.' : near.startsWith('..') ? resolve(path) : near
}
