import type { Changed } from '../../actions/change-preferences.ts'
import type { NameRefusal } from '../../domain/reader-name.ts'
import type { Ground } from './ground.ts'

/** Where a preferences page stands: what its link's token is. */
export type Place = Ground & { token: string }

/** Every form of the page posts to the page itself, from wherever it is shown. */
export const toPage = ({ token }: Place) => ({ method: 'post' as const, action: `/preferences/${token}` })

/** What came of the form that was posted. */
export type Told = {
  changed?: Changed | { kind: 'unreadable' }
  /** What a form could not be taken for, with what was typed. */
  faults?: { name?: NameRefusal; typed?: { name?: string; email?: string } }
}
