import { type AnswerTime, inputs, settings } from './inputs.ts'
import {
  type Bound,
  billOf,
  boundsOf,
  connectionsFor,
  durationOf,
  loadOf,
  mostReaders,
  type Setting,
  speedOf,
  startSeconds,
} from './simulation.ts'

type Table = { head: string[]; rows: string[][] }

/** The tables of SCALE.md, in their order, as `npm run bench -- simulate` prints them. */
export const simulationTables = (): string[] =>
  [inputsTable(), timeTable(), boundsTable(), startTable(), loadTable(), billTable()].map(markdownOf)

const markdownOf = ({ head, rows }: Table) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')

function inputsTable(): Table {
  const shown = (value: number | Record<AnswerTime, number>) =>
    (typeof value === 'number' ? [value] : Object.values(value)).map(exact).join(' / ')
  return {
    head: ['input', 'value', 'source'],
    rows: Object.values(inputs).map(({ name, value, unit, source }) => [
      name,
      unit === '$' ? `$${shown(value)}` : `${shown(value)} ${unit}`.trim(),
      source,
    ]),
  }
}

const names: Record<Bound, string> = {
  connections: '`SMTP_CONNECTIONS`',
  consumers: 'consumers of the queue',
  tallies: 'the rows in which it is counted',
  hyperdrive: 'Hyperdrive’s connections',
  offers: 'choosing the next batches',
  cores: 'cores of the database',
}

const everySetting: Setting[] = settings.answers.flatMap(answer =>
  settings.smtpConnections.map(smtpConnections => ({ answer, smtpConnections })),
)
const place = ({ answer, smtpConnections }: Setting) => [`${answer} ms`, count(smtpConnections)]

const timeTable = (): Table => ({
  head: [
    'a message takes',
    '`SMTP_CONNECTIONS`',
    'batches at once',
    'messages a second',
    ...settings.readers.map(count),
    'what binds',
  ],
  rows: everySetting.map(setting => {
    const { batchesAtOnce, perSecond, binds } = speedOf(setting)
    return [
      ...place(setting),
      count(batchesAtOnce),
      count(perSecond),
      ...settings.readers.map(readers => duration(durationOf(readers, setting))),
      names[binds],
    ]
  }),
})

const middle: Setting = { answer: 50, smtpConnections: 400 }

const boundsTable = (): Table => ({
  head: ['bound', 'messages a second', '`SMTP_CONNECTIONS` that reach it'],
  rows: (Object.entries(boundsOf({ ...middle, smtpConnections: 1000 })) as [Bound, number][])
    .filter(([bound]) => bound !== 'connections')
    .toSorted(([, a], [, b]) => a - b)
    .map(([bound, perSecond]) => [
      names[bound],
      count(perSecond),
      count(connectionsFor(perSecond, middle.answer)),
    ]),
})

const startTable = (): Table => ({
  head: ['a million are fixed in', 'the statement is cut off at'],
  rows: settings.seconds.map(seconds => [`${seconds} s`, `${count(mostReaders(seconds))} readers`]),
})

const loadTable = (): Table => ({
  head: [
    'a message takes',
    '`SMTP_CONNECTIONS`',
    'statements',
    'commits',
    'rows written',
    'WAL',
    'cores busy',
    'connections of Hyperdrive',
  ],
  rows: everySetting.map(setting => {
    const load = loadOf(setting)
    return [
      ...place(setting),
      count(load.statements),
      count(load.transactions),
      count(load.rows),
      `${(load.walBytes / 1e6).toFixed(2)} MB`,
      load.cores.toFixed(1),
      count(load.connections),
    ]
  }),
})

function billTable(): Table {
  const bills = settings.readers.map(readers => billOf(readers, middle))
  const row = (name: string, of: (bill: (typeof bills)[number]) => string) => [name, ...bills.map(of)]
  return {
    head: ['', ...settings.readers.map(count)],
    rows: [
      row('batches', bill => count(bill.batches)),
      row('rounds of what is due', bill => count(bill.rounds)),
      row('operations of queues', bill => count(bill.operations)),
      row('CPU of Workers', bill => `${count(bill.cpuMs / 1000)} s`),
      row('statements', bill => count(bill.statements)),
      row('rows written', bill => count(bill.rows)),
      row('WAL, without that of the start', bill => `${(bill.walBytes / 1e9).toFixed(2)} GB`),
      ['fixing the audience', ...settings.readers.map(readers => duration(startSeconds(readers)))],
      row('queues', bill => dollars(bill.dollars.operations)),
      row('invocations', bill => dollars(bill.dollars.invocations)),
      row('CPU', bill => dollars(bill.dollars.cpu)),
      row('**Cloudflare, together**', ({ dollars: { operations, invocations, cpu } }) =>
        dollars(operations + invocations + cpu),
      ),
      row('Amazon SES', bill => `${dollars(bill.ses)} (Essentials: ${dollars(bill.sesEssentials)})`),
    ],
  }
}

const exact = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 3 })
const count = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 0 })
const dollars = (value: number) =>
  `$${value.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: value < 0.1 ? 4 : 2 })}`

function duration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}
