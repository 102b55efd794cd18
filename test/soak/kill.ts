import { openBenchDatabase } from '../bench/bench-database.ts'
import { misused, scriptArguments } from '../support/script-arguments.ts'
import { addReaders, openNewsletters, openNewsroom } from '../support/sending.ts'
import { startSink } from '../support/sink.ts'
import { type Kind, kinds, usualKinds } from './blows.ts'
import { type KillReport, killRound } from './kill-round.ts'

const usage = `npm run soak:kill -- --rounds 10 --recipients 2000 [--connections 20] [--kinds sender,freeze] [--patient]
Real processes on a durable database, each struck in the middle of a dispatch; the kinds take turns, and every third
round is sent by \`serve\`. Ends with 1 when a promise broke; Ctrl-C ends it after the round. \`--patient\` waits for a
dead sender’s leases to end. \`--kinds full\` fills the database’s disk, which TMPDIR names and must be a small one:
mount -t tmpfs -o size=400m tmpfs /mnt/small && TMPDIR=/mnt/small npm run soak:kill -- --kinds full
Kinds: ${kinds.join()}; by itself ${usualKinds.join()}.`

const { values } = scriptArguments(usage, {
  options: {
    rounds: { type: 'string', default: '10' },
    recipients: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '20' },
    kinds: { type: 'string', default: usualKinds.join() },
    patient: { type: 'boolean', default: false },
  },
})
const [rounds, recipients, connections] = [values.rounds, values.recipients, values.connections].map(Number)
const wanted = values.kinds.split(',') as Kind[]
const unknown = wanted.filter(kind => !kinds.includes(kind))
if (unknown.length) misused(`--kinds: ${unknown.join()} is none of ${kinds.join()}`)

const reports: KillReport[] = []
let stopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => (stopped = true))
const database = await openBenchDatabase()
// Each message stays on the wire for a moment, as it would anywhere else.
const sink = await startSink({ takes: 2 })
const room = openNewsroom({ databaseUrl: database.url, smtpUrl: sink.url })
try {
  const [newsletterId] = await openNewsletters(room, 'soak')
  await addReaders(room.raw, recipients!, [newsletterId!])
  for (let round = 1; round <= rounds! && !stopped; round++) {
    const report = await killRound(
      { room, sink, database },
      {
        kind: wanted[(round - 1) % wanted.length]!,
        command: round % 3 ? 'deliver' : 'serve',
        newsletterId: newsletterId!,
        recipients: recipients!,
        connections: connections!,
        share: Math.random(),
        patient: values.patient,
      },
    )
    reports.push(report)
    console.error(`round ${round} of ${rounds}: ${JSON.stringify(report)}`)
  }
} finally {
  await room.close()
  await sink.close()
  await database.close()
}
print(reports)
process.exitCode = reports.some(report => report.broken.length) ? 1 : 0

function print(all: readonly KillReport[]) {
  console.table(
    all.map(({ kind, command, killedAt, recipients, lost, duplicated, bound, readings }) => ({
      kind,
      command,
      'killed at': killedAt,
      recipients,
      lost,
      duplicated,
      bound,
      readings,
    })),
  )
  const sum = (of: (report: KillReport) => number) => all.reduce((total, report) => total + of(report), 0)
  const most = Math.max(...all.map(report => report.duplicated))
  const counts = [
    `${all.length} rounds`,
    `${sum(report => report.lost)} lost`,
    `${sum(report => report.duplicated)} duplicated`,
    `at most ${most} at once, of ${connections} allowed`,
  ]
  const broken = all.filter(report => report.broken.length).length
  console.log(`${counts.join(', ')}. ${broken ? `${broken} rounds broke a promise.` : 'Every promise held.'}`)
}
