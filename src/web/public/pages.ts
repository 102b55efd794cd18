import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'

export const pages = new Hono<AppEnv>()
