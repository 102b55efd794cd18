import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'

export const mailbox = new Hono<AppEnv>()
