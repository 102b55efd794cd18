import { relative } from 'node:path'
import type { Config } from '../config.ts'

type Facts = { config: Config; ownerLink?: string; copyOf?: string; sampleMade: boolean; took: number }

/** What a person reads after the start: where to go, what is stored where, how to stop. */
export function greeting({ config, ownerLink, copyOf, sampleMade, took }: Facts): string {
  const { publicUrl, transport } = config
  const seconds = (took / 1000).toFixed(1)
  const places = [
    ['Front page', `${publicUrl}/`],
    ['Workspace', `${publicUrl}/admin`],
    ...(transport.kind === 'mailbox' ? [['Mailbox', `${publicUrl}/mailbox`]] : []),
  ] as [string, string][]
  const facts = [
    [
      'Data',
      config.databaseUrl ? 'the PostgreSQL of DATABASE_URL' : `${shortPath(config.dataDir)} (PostgreSQL 18)`,
    ],
    [
      'Mail',
      transport.kind === 'mailbox'
        ? 'caught by the mailbox; nothing leaves this machine'
        : `goes out by ${new URL(transport.url).host}`,
    ],
    ['Stop', 'Ctrl-C; what is being sent is finished first'],
  ] as [string, string][]
  return [
    '',
    `Broadsheet runs, after ${seconds} s.`,
    '',
    ...places.map(row),
    '',
    ...(sampleMade ? ['A sample publication, “The Ledger”, is set up, with a draft digest.', ''] : []),
    ...(ownerLink ? ['Become its owner (works once, for 24 hours):', `  ${ownerLink}`, ''] : []),
    ...(copyOf
      ? [
          `This is a copy of ${copyOf}: it sends nothing.`,
          `Make it the original with: npx broadsheet home --claim`,
          '',
        ]
      : []),
    ...facts.map(row),
    '',
  ].join('\n')
}

const row = ([name, text]: [string, string]) => `  ${name.padEnd(12)}${text}`

function shortPath(path: string): string {
  const near = relative(process.cwd(), path)
  return near === '' ? '.' : near.startsWith('..') ? path : near
}
