import { type Language, languages } from './languages.ts'
import { type NameRefusal, parseName } from './reader-name.ts'
import { isPause, type Pause } from './subscription.ts'

/** What a reader asks of the preferences page. */
export type PreferenceChange =
  | { kind: 'leave'; newsletterId: number }
  | { kind: 'leave-all' }
  | { kind: 'pause'; newsletterId: number; span: Pause }
  | { kind: 'resume'; newsletterId: number }
  | { kind: 'undo' }
  | { kind: 'join'; newsletterId: number }
  | { kind: 'profile'; name: string; language: Language }
  | { kind: 'address'; email: string }
  /** A fresh link, from a page that may only lessen. */
  | { kind: 'link' }

export type ChangeReading =
  | PreferenceChange
  | { kind: 'refused'; name?: NameRefusal }
  | { kind: 'unreadable' }

type Fields = { do?: string; newsletter?: string; name?: string; language?: string; email?: string }

/** Reads a form of the preferences page: its button says what to do (`leave`, `pause-month`, `join` …). */
export function readChange(fields: Fields): ChangeReading {
  const [verb = '', rest = ''] = split(fields.do ?? '')
  const newsletterId = Number(fields.newsletter)
  const named = Number.isSafeInteger(newsletterId) && newsletterId > 0
  switch (verb) {
    case 'leave':
      return named ? { kind: 'leave', newsletterId } : { kind: 'unreadable' }
    case 'resume':
    case 'join':
      return named ? { kind: verb, newsletterId } : { kind: 'unreadable' }
    case 'pause':
      return named && isPause(rest) ? { kind: 'pause', newsletterId, span: rest } : { kind: 'unreadable' }
    case 'undo':
    case 'link':
      return { kind: verb }
    case 'all':
      return { kind: 'leave-all' }
    case 'profile':
      return readProfile(fields)
    case 'address':
      return { kind: 'address', email: fields.email ?? '' }
    default:
      return { kind: 'unreadable' }
  }
}

function readProfile({ name = '', language }: Fields): ChangeReading {
  const reading = parseName(name)
  if (reading.kind === 'refused') return { kind: 'refused', name: reading.reason }
  const spoken = languages.find(one => one === language)
  return spoken ? { kind: 'profile', name: reading.name, language: spoken } : { kind: 'unreadable' }
}

const split = (text: string): [string, string] => {
  const at = text.indexOf('-')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
