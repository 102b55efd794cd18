import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'

export const admin = new Hono<AppEnv>()
