import { type Context, Hono } from 'hono'
import { useApiKey } from '../store/api-keys.ts'
import { type Counts, countAll } from '../store/metrics.ts'
import type { AppEnv } from './env.ts'

/** For whoever watches the process: does it live, can it serve, what does it count. */
export const probes = new Hono<AppEnv>()
  .get('/livez', c => c.text('ok\n'))
  .get('/readyz', async c => {
    try {
      const pending = await c.var.services.pendingMigrations()
      return pending ? c.text(`${pending} migrations are pending\n`, 503) : c.text('ok\n')
    } catch {
      return c.text('the database does not answer\n', 503)
    }
  })
  .get('/metrics', async c => {
    if (!(await mayRead(c)))
      return c.text('Metrics are for this machine, or for a key: Authorization: Bearer bs_…\n', 403)
    return c.text(exposition(await countAll(c.var.services.db)), 200, {
      'content-type': 'text/plain; version=0.0.4; charset=utf-8',
    })
  })

/** Counts tell how many readers there are: only this machine, asked by no proxy, and whoever has a key may know. */
async function mayRead(c: Context<AppEnv>): Promise<boolean> {
  const behindProxy = c.req.header('x-forwarded-for') ?? c.req.header('forwarded')
  if (c.var.network === '' && behindProxy === undefined && c.req.header('cf-connecting-ip') === undefined)
    return true
  const key = /^Bearer +(\S{1,200})$/i.exec(c.req.header('authorization') ?? '')?.[1]
  return key !== undefined && (await useApiKey(c.var.services.db, key)) !== undefined
}

type Metric = { name: string; help: string; kind: 'gauge'; values: [labels: string, value: number][] }

/** Prometheus' text format, version 0.0.4. */
function exposition(counts: Counts): string {
  const { dispatches, pauses, deliveries, batches, connections, notices, signUps, pausedDomains } = counts
  const { oldestDueSeconds, ...batchStates } = batches
  const by = (label: string, counts: Record<string, number>) =>
    Object.entries(counts).map(([value, count]) => [`{${label}="${value}"}`, count] as [string, number])
  const metrics: Metric[] = [
    {
      name: 'broadsheet_dispatches',
      help: 'Dispatches by state.',
      kind: 'gauge',
      values: by('state', dispatches),
    },
    {
      name: 'broadsheet_dispatches_paused',
      help: 'Paused dispatches by reason.',
      kind: 'gauge',
      values: by('reason', pauses),
    },
    {
      name: 'broadsheet_deliveries',
      help: 'Deliveries of all dispatches by state.',
      kind: 'gauge',
      values: by('state', deliveries),
    },
    {
      name: 'broadsheet_batches',
      help: 'Unfinished batches: leased by a sender, overdue since nobody leased them, or waiting for their time.',
      kind: 'gauge',
      values: by('state', batchStates),
    },
    {
      name: 'broadsheet_batches_oldest_due_seconds',
      help: 'How long the batch that is overdue longest has been due.',
      kind: 'gauge',
      values: [['', oldestDueSeconds]],
    },
    {
      name: 'broadsheet_connections',
      help: 'Connections of senders to the mail server: with a message in flight, or between two.',
      kind: 'gauge',
      values: by('state', {
        sending: connections.sending,
        between: connections.open - connections.sending,
      }),
    },
    {
      name: 'broadsheet_domains_paused',
      help: 'Domains that are left alone for a while, by reason.',
      kind: 'gauge',
      values: by('reason', pausedDomains),
    },
    {
      name: 'broadsheet_notices_waiting',
      help: 'Mails in the outbox.',
      kind: 'gauge',
      values: [['', notices.waiting]],
    },
    {
      name: 'broadsheet_notices_oldest_waiting_seconds',
      help: 'Age of the oldest mail in the outbox.',
      kind: 'gauge',
      values: [['', notices.oldestWaitingSeconds]],
    },
    {
      name: 'broadsheet_sign_ups',
      help: 'Sign-ups of the last 30 days by state.',
      kind: 'gauge',
      values: by('state', signUps),
    },
  ]
  return metrics
    .flatMap(({ name, help, kind, values }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${kind}`,
      ...values.map(([labels, value]) => `${name}${labels} ${value}`),
    ])
    .join('\n')
    .concat('\n')
}
