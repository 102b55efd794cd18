import type { DraftBlock, DraftField } from '../../domain/draft.ts'
import type { DigestWords } from '../../domain/words/digests.ts'
import type { ImportRefusal } from '../../domain/words/import-refusals.ts'
import type { Article } from '../../store/articles.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { WorkspaceFrame } from './frame.ts'

/** What the composing page shows: the digest as it is kept, or as it was typed. */
export type ComposeProps = {
  frame: WorkspaceFrame
  id: number
  state: 'draft' | 'scheduled'
  revision: number
  savedAt: Date
  subject: string
  preheader: string
  /** Slugs of those it goes to, in order. */
  chosen: string[]
  newsletters: Newsletter[]
  blocks: DraftBlock[]
  /** Every article that a block names, by id. */
  articles: Map<number, Article>
  /** The stories to choose from. */
  tray: Article[]
  search: string
  link?: { typed: string; refusal: ImportRefusal }
  errors?: {
    subject?: boolean
    preheader?: boolean
    newsletters?: boolean
    blocks: { at: number; field: DraftField }[]
  }
  problem?: 'wrong' | 'changed' | 'started'
  mayPreview: boolean
}

/** The same with its words, for the page's parts. */
export type ComposePart = ComposeProps & { words: DigestWords['compose'] }
