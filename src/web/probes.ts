import { Hono } from 'hono'
import type { AppEnv } from './env.ts'

/** For whoever watches the process: does it live, can it serve, what does it count. */
export const probes = new Hono<AppEnv>().get('/livez', c => c.text('ok'))
