import type { Context } from 'hono'
import { standingOf } from '../../actions/home.ts'
import type { Acting } from '../../domain/access-event.ts'
import { type By, byEditor } from '../../domain/by.ts'
import { readPublication } from '../../store/publication.ts'
import { countForNavigation } from '../../store/workspace-counts.ts'
import type { Actor, AppEnv } from '../env.ts'

/** Who is signed in, on a page behind `signedIn`: always a person. */
export function editorOf(c: Context<AppEnv>): Extract<Actor, { kind: 'editor' }> {
  const { actor } = c.var
  if (actor?.kind !== 'editor') throw new Error('a page of the workspace stands outside the sign-in')
  return actor
}

/** The same as a history tells it. */
export const byOf = (c: Context<AppEnv>): By => byEditor(editorOf(c))

/** The same, and from where. */
export const actingOf = (c: Context<AppEnv>): Acting => ({ by: byOf(c), network: c.var.network })

/** What every page of the workspace shows around its own content: the props of `WorkspacePage` but title and section. */
export async function workspaceFrame(c: Context<AppEnv>) {
  const { db, config } = c.var.services
  const actor = editorOf(c)
  const [publication, counts] = await Promise.all([readPublication(db), countForNavigation(db)])
  const home = standingOf(publication.home, config.publicUrl)
  return {
    actor,
    language: actor.language,
    publication,
    counts,
    ...(home.kind === 'copy' && { copy: { of: home.of, publicUrl: config.publicUrl } }),
  }
}

export type WorkspaceFrame = Awaited<ReturnType<typeof workspaceFrame>>
