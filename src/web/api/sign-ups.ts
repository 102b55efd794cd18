import { Hono } from 'hono'
import { z } from 'zod'
import { listedAddress, sees } from '../../domain/sight.ts'
import { findNewslettersById } from '../../store/newsletters.ts'
import { listSignUps } from '../../store/sign-ups.ts'
import type { AppEnv } from '../env.ts'
import { requireKeyRole } from '../middleware/api-actor.ts'
import { endpoint, listOf, page, paging, queryBy } from './contract.ts'

const signUpBody = z.object({
  id: z.number(),
  email: z.string().describe('Masked for a key of an editor.'),
  name: z.string().nullable(),
  newsletters: z.array(z.string()),
  state: z.enum(['waiting', 'asked', 'merged', 'confirmed', 'refused', 'objected']),
  form: z.string(),
  createdAt: z.string(),
  confirmedAt: z.string().nullable(),
})

export const signUpsApi = new Hono<AppEnv>().get(
  '/',
  requireKeyRole('editor'),
  endpoint(
    'List the sign-ups of the last 30 days',
    {
      status: 200,
      body: listOf(signUpBody),
      what: 'Each request of a stranger, the newest first.',
    },
    403,
  ),
  queryBy(paging),
  async c => {
    const { db } = c.var.services
    const { after, limit } = c.req.valid('query')
    const rows = await listSignUps(db, { before: after, limit: limit + 1 })
    const newsletters = await findNewslettersById(db, [...new Set(rows.flatMap(row => row.newsletterIds))])
    const slugs = new Map(newsletters.map(newsletter => [newsletter.id, newsletter.slug]))
    const items = rows.map(row => ({
      id: row.id,
      email: listedAddress(sees(c.var.actor), row.address) ?? '',
      name: row.name,
      newsletters: row.newsletterIds.flatMap(id => slugs.get(id) ?? []),
      state: row.state,
      form: row.form,
      createdAt: row.createdAt,
      confirmedAt: row.confirmedAt,
    }))
    return c.json(page(c.req.url, items, limit))
  },
)
