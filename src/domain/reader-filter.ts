import type { Language } from './languages.ts'
import type { SuppressionCause } from './suppression.ts'

export const readerStates = ['active', 'paused', 'ended', 'none'] as const

/** How readers stand to a newsletter, or to any of them. `none`: they read nothing, or never had that one. */
export type ReaderState = (typeof readerStates)[number]

/** Which readers are meant: all that every given part fits. */
export type ReaderFilter = {
  /** Parts of an address or a name: each is in one of them. */
  words: readonly string[]
  /** Of names only. */
  names?: boolean
  /** A whole address, by its key. */
  addressKey?: string
  newsletterId?: number
  state?: ReaderState
  tag?: string
  /** Compared without regard to case; without a value, who has it at all. */
  attribute?: { name: string; value?: string }
  suppressed?: SuppressionCause | 'any'
  language?: Language
  joinedFrom?: Date
  /** Not this moment itself. */
  joinedBefore?: Date
}

/** One or two letters or digits. Inside of words there are too many of them: they are sought at their beginnings. */
export const isShort = (word: string): boolean => /^[\p{L}\p{N}]{1,2}$/u.test(word)

/** What may stand before a word in an address or a name. */
export const wordMarks = ' .@-_+\'"(/'
