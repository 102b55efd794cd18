import { Hono } from 'hono'
import type { AppEnv } from './env.ts'

export const assets = new Hono<AppEnv>()
