import { createMiddleware } from 'hono/factory'
import { clientAddress, networkOf } from '../../domain/network.ts'
import type { AppEnv } from '../env.ts'

/** What the runtime tells of the peer: Node's socket, or Cloudflare's header. */
type Peer = { incoming?: { socket?: { remoteAddress?: string } } }

/** Puts the sender's network into `c.var`; TRUSTED_PROXIES are looked through. */
export const network = () =>
  createMiddleware<AppEnv>(async (c, next) => {
    const socket = (c.env as Peer | undefined)?.incoming?.socket
    const peer = socket?.remoteAddress ?? c.req.header('cf-connecting-ip') ?? ''
    const { trustedProxies } = c.var.services.config
    c.set('network', networkOf(clientAddress(peer, c.req.header('x-forwarded-for'), trustedProxies)))
    await next()
  })
