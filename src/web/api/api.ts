import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'

export const api = new Hono<AppEnv>()
