// What the simulation of SCALE.md starts from, each with where it is from. A figure that was measured anew is put in here;
// `npm run bench -- simulate` then prints the tables anew.

/** Milliseconds that a mail server takes for a message, from the first line to the answer after the last. */
export type AnswerTime = 20 | 50 | 100
type ByAnswer = Record<AnswerTime, number>
type Input<Value> = { name: string; value: Value; unit: string; source: string }

/** Those whose effect the tables show. */
export const settings = {
  readers: [1_000_000, 10_000_000],
  answers: [20, 50, 100] satisfies AnswerTime[],
  smtpConnections: [20, 100, 400, 1000],
  /** In which the audience of a million is fixed. */
  seconds: [3, 6, 12, 24],
}

const workerFar = '`npm run bench -- worker` on 2 cores: with DKIM, a database 20 ms away'
const crowd = '`npm run bench -- worker`: 25 batches at once, commits of 5 ms'
const read = (address: string) => `${address}, read on 29 November 2026`
const queuesLimits = read('https://developers.cloudflare.com/queues/platform/limits/')
const queuesPricing = read('https://developers.cloudflare.com/queues/platform/pricing/')
const hyperdriveLimits = read('https://developers.cloudflare.com/hyperdrive/platform/limits/')
const workersPricing = read('https://developers.cloudflare.com/workers/platform/pricing/')
// The price page itself could not be read; this is a copy of Amazon's price list.
const sesPricing = read(
  'https://aws.amazon.com/ses/pricing/ by way of https://github.com/api-evangelist/amazon-ses (us-east-1, 13 August 2026)',
)

export const inputs = {
  batchMs: {
    name: 'a batch of 1,000, at a mail server that takes 20 / 50 / 100 ms for a message',
    value: { 20: 13_479, 50: 23_468, 100: 32_338 } as ByAnswer,
    unit: 'ms',
    source: workerFar,
  },
  cpuMs: {
    name: 'CPU of workerd for a message, which it signs (DKIM)',
    value: { 20: 1.946, 50: 2.36, 100: 2.38 } as ByAnswer,
    unit: 'ms',
    source: workerFar,
  },
  statements: {
    name: 'statements for a message, at 20 / 50 / 100 ms',
    value: { 20: 0.556, 50: 1.024, 100: 1.08 } as ByAnswer,
    unit: '',
    source: workerFar,
  },
  transactions: {
    name: 'transactions for a message',
    value: { 20: 0.571, 50: 1.036, 100: 1.092 } as ByAnswer,
    unit: '',
    source: workerFar,
  },
  rows: {
    name: 'rows updated for a message',
    value: { 20: 2.525, 50: 2.965, 100: 2.994 } as ByAnswer,
    unit: '',
    source: workerFar,
  },
  walBytes: {
    name: 'WAL for a message, between checkpoints',
    value: { 20: 577, 50: 768, 100: 781 } as ByAnswer,
    unit: 'bytes',
    source: workerFar,
  },
  heldMs: {
    name: 'time in which a message holds a connection to the database',
    value: { 20: 0.595, 50: 1.045, 100: 1.213 } as ByAnswer,
    unit: 'ms',
    source: workerFar,
  },
  postgresCpuMs: {
    name: 'CPU of PostgreSQL for a message',
    value: { 20: 0.991, 50: 1.582, 100: 1.642 } as ByAnswer,
    unit: 'ms',
    source: workerFar,
  },
  messagesPerTurn: {
    name: 'results that one statement brings, of many batches at once',
    value: 1.58,
    unit: '',
    source: crowd,
  },
  roundsPerMinute: {
    name: 'rounds of what is due, a minute',
    value: 3,
    unit: '',
    source: workerFar,
  },
  secondsPerMillion: {
    name: 'from the start of a dispatch of 1,000,000 to its first message',
    value: 5.7,
    unit: 's',
    source: '`npm run bench -- scale --sizes 1000000`, on 2 cores',
  },
  batchSize: { name: 'readers of a batch', value: 1000, unit: '', source: '`src/store/ledger.ts`' },
  connectionsOfBatch: {
    name: 'connections of a batch to the mail server',
    value: 4,
    unit: '',
    source: '`src/worker/shares.ts`: an invocation has six, and two go to the database',
  },
  waysOfOffer: {
    name: 'ways to the database and back while the next batches are chosen, which one invocation does at a time',
    value: 3,
    unit: '',
    source: '`src/store/offers.ts`: lock, choice, commit',
  },
  awayMs: {
    name: 'the way to the database and back',
    value: 20,
    unit: 'ms',
    source: `assumed: 20 to 30 without placement, which moves requests and not consumers (${read('https://developers.cloudflare.com/workers/configuration/placement/')})`,
  },
  tallies: {
    name: 'rows in which the batches of a dispatch count, each held by one at a time',
    value: 32,
    unit: '',
    source: '`src/store/tallies.ts`',
  },
  commitMs: {
    name: 'a commit, in which such a row is held',
    value: 1,
    unit: 'ms',
    source: 'assumed, for a disk behind a network; 0.4 where these figures were measured',
  },
  queueMs: {
    name: 'from an offer to its consumer',
    value: 60,
    unit: 'ms',
    source: `assumed: the median of sending (${read('https://blog.cloudflare.com/how-we-built-cloudflare-queues/')}); of receiving none is published`,
  },
  cores: { name: 'cores of the database', value: 8, unit: '', source: 'assumed' },
  consumers: { name: 'consumers of a queue at once', value: 250, unit: '', source: queuesLimits },
  originConnections: {
    name: 'connections of Hyperdrive to the database',
    value: 100,
    unit: '',
    source: hyperdriveLimits,
  },
  querySeconds: { name: 'a statement through Hyperdrive', value: 60, unit: 's', source: hyperdriveLimits },
  operationsPerMessage: {
    name: 'operations for a message of a queue',
    value: 3,
    unit: '',
    source: queuesPricing,
  },
  operationsPrice: {
    name: '1,000,000 operations of queues, beyond 1,000,000 a month',
    value: 0.4,
    unit: '$',
    source: queuesPricing,
  },
  requestsPrice: {
    name: '1,000,000 invocations, beyond 10,000,000 a month',
    value: 0.3,
    unit: '$',
    source: workersPricing,
  },
  cpuPrice: {
    name: '1,000,000 ms of CPU, beyond 30,000,000 a month',
    value: 0.02,
    unit: '$',
    source: workersPricing,
  },
  planPrice: { name: 'Workers Paid, a month', value: 5, unit: '$', source: workersPricing },
  hyperdrivePrice: {
    name: 'Hyperdrive',
    value: 0,
    unit: '$',
    source: read('https://developers.cloudflare.com/hyperdrive/platform/pricing/'),
  },
  sesPrice: {
    name: '1,000 messages of Amazon SES, à la carte',
    value: 0.1,
    unit: '$',
    source: sesPricing,
  },
  sesEssentialsPrice: {
    name: 'the same for accounts from 21 July 2026 on (Essentials)',
    value: 0.16,
    unit: '$',
    source: sesPricing,
  },
} satisfies Record<string, Input<number | ByAnswer>>
