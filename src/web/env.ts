import type { Services } from '../actions/services.ts'
import type { Language } from '../domain/languages.ts'
import type { Role } from '../domain/roles.ts'

/** What the middleware put into `c.var` before a route runs. */
export type AppEnv = {
  Variables: {
    services: Services
    /** The browser's wish among the languages that we speak; undefined where it names none of them. */
    wish: Language | undefined
    /** The sender's network, IPv4 /24 or IPv6 /48; empty for loopback. */
    network: string
    /** Set behind the sign-in: who acts. */
    actor: Actor
    /** Set with it: that person proved within 10 minutes who they are. */
    fresh: boolean
  }
}

/** A signed-in editor, or a key of the API. */
export type Actor =
  | { kind: 'editor'; id: number; address: string; name: string; role: Role; language: Language }
  | { kind: 'key'; id: number; name: string; role: Role }
