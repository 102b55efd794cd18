import type { Audience } from './audience.ts'
import type { Block } from './blocks.ts'
import { lateAfter } from './dispatch.ts'
import { spanOf } from './local-time.ts'

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

/** What a dispatch is asked for, and the time that approval was given for, are one. */
export type TimeWish = { at?: Date; localTime?: string }

export const whenOf = ({ at, localTime }: TimeWish): When =>
  localTime ? { kind: 'local', time: localTime } : at ? { kind: 'at', at: at.toISOString() } : { kind: 'now' }

export function wishOf(when: When): TimeWish {
  switch (when.kind) {
    case 'now':
      return {}
    case 'at':
      return { at: new Date(when.at) }
    case 'local':
      return { localTime: when.time }
  }
}

/** A time that passed so long ago that a dispatch would ask first: then it is for whoever presses the button. */
export function whenStill(when: When, now: Date): When {
  const last = when.kind === 'at' ? new Date(when.at) : when.kind === 'local' ? spanOf(when.time)?.last : now
  return last && last.getTime() >= now.getTime() - lateAfter ? when : { kind: 'now' }
}
