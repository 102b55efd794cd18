import { parseArgs } from 'node:util'
import { openBenchDatabase } from '../bench/bench-database.ts'
import { addReaders, openNewsletters, openNewsroom } from '../support/sending.ts'
import { startSink } from '../support/sink.ts'
import { type KillReport, killRound } from './kill-round.ts'

// npm run soak:kill -- --rounds 10 --recipients 2000 --connections 20
// kill -9 of a sender's whole process group in the middle of a dispatch, again and again. Ends with 1 when a promise broke.

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    recipients: { type: 'string', default: '2000' },
    connections: { type: 'string', default: '20' },
  },
})
const rounds = Number(values.rounds)

const database = await openBenchDatabase()
const sink = await startSink()
const room = openNewsroom({ databaseUrl: database.url, smtpUrl: sink.url })
const reports: KillReport[] = []
try {
  const [newsletterId] = await openNewsletters(room, 'soak')
  await addReaders(room.raw, Number(values.recipients), [newsletterId!])
  for (let round = 1; round <= rounds; round++) {
    const share = 0.05 + 0.9 * Math.random()
    reports.push(
      await killRound(room, sink, {
        newsletterId: newsletterId!,
        connections: Number(values.connections),
        share,
      }),
    )
    process.stderr.write(`round ${round} of ${rounds}: ${JSON.stringify(reports.at(-1))}\n`)
  }
} finally {
  await room.close()
  await sink.close()
  await database.close()
}
console.table(reports)
const broken = reports.filter(
  ({ lost, duplicated, bound, broken }) => lost > 0 || duplicated > bound || broken > 0,
)
console.log(broken.length ? `${broken.length} rounds broke the promise` : 'every promise held')
process.exitCode = broken.length ? 1 : 0
