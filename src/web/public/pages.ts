import { Hono } from 'hono'
import type { AppEnv } from '../env.ts'
import { archive } from './archive.tsx'
import { confirmation } from './confirm.tsx'
import { embed } from './embed.tsx'
import { feed } from './feed.ts'
import { front } from './front.tsx'
import { storyLinks } from './links.ts'
import { newAddress } from './new-address.tsx'
import { notMe } from './not-me.tsx'
import { preferences } from './preferences.tsx'
import { preferencesLink } from './preferences-link.tsx'
import { preview } from './preview.tsx'
import { privacy } from './privacy.tsx'
import { subscribe } from './subscribe.tsx'
import { testLinks } from './test-links.tsx'
import { leaving } from './unsubscribe.tsx'

export const pages = new Hono<AppEnv>()
  .route('/', front)
  .route('/', privacy)
  .route('/', embed)
  .route('/', subscribe)
  .route('/', confirmation)
  .route('/', notMe)
  .route('/', testLinks)
  .route('/', storyLinks)
  .route('/', preview)
  .route('/', leaving)
  .route('/', preferencesLink)
  .route('/', preferences)
  .route('/', newAddress)
  .route('/archive', feed)
  .route('/archive', archive)
