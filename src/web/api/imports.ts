import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { importSubscribers } from '../../actions/import-subscribers.ts'
import { mostReaders, readerChunk, rowsOf } from '../../domain/reader-chunk.ts'
import { findNewsletter } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { requireKeyRole } from '../middleware/api-actor.ts'
import { problem } from '../middleware/failures.ts'
import { endpoint, type Issue, jsonBody, jsonOnly, refused, refusedField } from './contract.ts'

const reportBody = z.object({
  rows: z.number(),
  added: z.number().describe('Newly subscribed.'),
  already: z.number().describe('Subscribed before.'),
  updated: z.number(),
  refused: z
    .array(z.object({ row: z.number(), reason: z.string() }))
    .describe('Who was not taken, and why; `row` counts from 1 within the call.'),
})

// 5,000 readers of 800 bytes each.
const limit = bodyLimit({
  maxSize: 4 * 1024 * 1024,
  onError: () => problem(413, 'A chunk of readers may have 4 MB: send fewer at a time'),
})

const mostFaults = 100

/** The first faults; one of a reader says the row, which counts from 1 as in the report. */
const refusedRows = (issues: readonly Issue[]) =>
  refused(
    issues.slice(0, mostFaults).map(({ message, path = [] }) => {
      const [field, at] = path
      return {
        message: field === 'readers' && typeof at === 'number' ? `row ${at + 1}: ${message}` : message,
        path,
      }
    }),
  )

/** Adds readers chunk by chunk. As in the workspace for owners: where consent came from is theirs to say. */
export const importsApi = new Hono<AppEnv>().post(
  '/',
  requireKeyRole('owner'),
  limit,
  jsonOnly,
  endpoint(
    `Add readers, at most ${mostReaders} a call; a repeat changes nothing`,
    {
      status: 200,
      body: reportBody,
      what: 'What became of them. It revives nobody who left or is suppressed: those, and addresses that are none, are refused by row.',
    },
    403,
  ),
  jsonBody(readerChunk, refusedRows),
  async c => {
    const { services } = c.var
    const chunk = c.req.valid('json')
    const newsletter = await findNewsletter(services.db, chunk.newsletter)
    if (!newsletter) return refusedField('newsletter', `there is no newsletter ${chunk.newsletter}`)
    const report = await importSubscribers(services, {
      newsletter,
      consent: chunk.consent,
      source: chunk.source,
      rows: rowsOf(chunk),
      mode: chunk.mode,
      write: chunk.dryRun ? 'nothing' : 'all',
    })
    return c.json(report)
  },
)
