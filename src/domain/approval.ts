import type { Audience } from './audience.ts'
import type { Block } from './blocks.ts'

/** When a digest is to go: at once when somebody presses the button, at a moment, or by each reader's own clock. */
export type When = { kind: 'now' } | { kind: 'at'; at: string } | { kind: 'local'; time: string }

/** What approval is asked for, to be shown and compared. */
export type Proposal = {
  subject: string
  preheader: string
  /** Slugs, in order. */
  newsletters: string[]
  blocks: Block[]
  /** What its stories say, by id: they may change without the digest. */
  stories: Record<string, { title: string; standfirst: string; url: string }>
  audience: Audience
  when: When
}
