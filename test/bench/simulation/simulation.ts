import { type AnswerTime, inputs } from './inputs.ts'

export type Setting = { answer: AnswerTime; smtpConnections: number }

const { batchSize, connectionsOfBatch, consumers } = inputs

/** Milliseconds from the offer of a batch to its end. */
const batchTime = (answer: AnswerTime) => inputs.batchMs.value[answer] + inputs.queueMs.value

const batchesOf = (readers: number) => Math.ceil(readers / batchSize.value)

/** As many batches at once as SMTP_CONNECTIONS are for, at most one for each consumer. */
const batchesAtOnce = (smtpConnections: number) =>
  Math.min(Math.ceil(smtpConnections / connectionsOfBatch.value), consumers.value)

/** Messages a second with so many batches at once, if nothing else bounds them. */
const byBatches = (batches: number, answer: AnswerTime) =>
  (batches * batchSize.value * 1000) / batchTime(answer)

/** Who counts holds a row for a commit. */
const byTallies = (inputs.tallies.value * inputs.messagesPerTurn.value * 1000) / inputs.commitMs.value

/** What bounds the messages a second of one dispatch. */
export type Bound = 'connections' | 'consumers' | 'tallies' | 'hyperdrive' | 'offers' | 'cores'

export const boundsOf = ({ answer, smtpConnections }: Setting): Record<Bound, number> => ({
  connections: byBatches(Math.ceil(smtpConnections / connectionsOfBatch.value), answer),
  consumers: byBatches(consumers.value, answer),
  tallies: byTallies,
  hyperdrive: (inputs.originConnections.value * 1000) / inputs.heldMs.value[answer],
  offers: (batchSize.value * 1000) / (inputs.waysOfOffer.value * inputs.awayMs.value),
  cores: (inputs.cores.value * 1000) / inputs.postgresCpuMs.value[answer],
})

/** How fast a dispatch goes, and by what it is bound. */
export function speedOf(setting: Setting): { batchesAtOnce: number; perSecond: number; binds: Bound } {
  const bounds = Object.entries(boundsOf(setting)) as [Bound, number][]
  const [binds, perSecond] = bounds.reduce((least, one) => (one[1] < least[1] ? one : least))
  return { batchesAtOnce: batchesAtOnce(setting.smtpConnections), perSecond, binds }
}

/** SMTP_CONNECTIONS of which more make a dispatch no faster. */
export const connectionsFor = (perSecond: number, answer: AnswerTime) =>
  Math.ceil(perSecond / byBatches(1, answer)) * connectionsOfBatch.value

/** Seconds in which the audience is fixed, by one statement. */
export const startSeconds = (readers: number) => (readers / 1_000_000) * inputs.secondsPerMillion.value

/** Readers whom one statement can fix in the time that Hyperdrive gives it. */
export const mostReaders = (secondsPerMillion: number) =>
  (inputs.querySeconds.value / secondsPerMillion) * 1_000_000

/** Seconds from the start of a dispatch to its last reader. Batches that go at once also end at once. */
export function durationOf(readers: number, setting: Setting): number {
  const { perSecond, binds } = speedOf(setting)
  const waves = Math.ceil(batchesOf(readers) / batchesAtOnce(setting.smtpConnections))
  const isBoundByBatches = binds === 'connections' || binds === 'consumers'
  const sending = isBoundByBatches ? (waves * batchTime(setting.answer)) / 1000 : readers / perSecond
  return startSeconds(readers) + sending
}

/** What the database does in a second while a dispatch goes at its speed. */
export function loadOf(setting: Setting) {
  const { perSecond } = speedOf(setting)
  const each = (input: { value: Record<AnswerTime, number> }) => perSecond * input.value[setting.answer]
  return {
    statements: each(inputs.statements),
    transactions: each(inputs.transactions),
    rows: each(inputs.rows),
    walBytes: each(inputs.walBytes),
    cores: each(inputs.postgresCpuMs) / 1000,
    connections: Math.ceil(each(inputs.heldMs) / 1000),
  }
}

/** What one dispatch comes to. Prices are those beyond what the plan includes. */
export function billOf(readers: number, setting: Setting) {
  const batches = batchesOf(readers)
  const rounds = Math.ceil((durationOf(readers, setting) / 60) * inputs.roundsPerMinute.value)
  const invocations = batches + rounds
  const operations = invocations * inputs.operationsPerMessage.value
  const each = (input: { value: Record<AnswerTime, number> }) => readers * input.value[setting.answer]
  const cpuMs = each(inputs.cpuMs)
  const millions = (count: number, { value }: { value: number }) => (count / 1_000_000) * value
  return {
    batches,
    rounds,
    operations,
    cpuMs,
    statements: each(inputs.statements),
    // A delivery is inserted first.
    rows: readers + each(inputs.rows),
    walBytes: each(inputs.walBytes),
    dollars: {
      operations: millions(operations, inputs.operationsPrice),
      invocations: millions(invocations, inputs.requestsPrice),
      cpu: millions(cpuMs, inputs.cpuPrice),
    },
    ses: (readers / 1000) * inputs.sesPrice.value,
    sesEssentials: (readers / 1000) * inputs.sesEssentialsPrice.value,
  }
}
