import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'
import { archive } from './archive.tsx'
import { embed } from './embed.tsx'
import { feed } from './feed.ts'
import { front } from './front.tsx'
import { privacy } from './privacy.tsx'

export const pages = new Hono<AppEnv>()
  .route('/', front)
  .route('/', privacy)
  .route('/', embed)
  .route('/archive', feed)
  .route('/archive', archive)
