import { randomBytes } from 'node:crypto'
import { type Pieces, type Slot, type SlotValues, slots } from '../../domain/rendering.ts'

/** What stands for the personal values while a digest is compiled: letters that nobody can know beforehand. */
export type Markers = Record<Slot, string>

export function makeMarkers(): Markers {
  const random = randomBytes(16).toString('hex')
  return Object.fromEntries(slots.map((slot, index) => [slot, `slot${index}x${random}`])) as Markers
}

/** Cuts a text at its markers. */
export function cutAtMarkers(text: string, markers: Markers): Pieces {
  const pattern = new RegExp(`(${slots.map(slot => markers[slot]).join('|')})`)
  return text
    .split(pattern)
    .map((part, index) => (index % 2 ? { slot: slots.find(slot => markers[slot] === part)! } : part))
    .filter(piece => piece !== '')
}

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, char => entities[char]!)

const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/

/**
 * A value as it stands in its slot. A name has the space before it within, since a greeting without a name has none,
 * and keeps its own direction (UAX #9: an isolate, as `dir="auto"` or FSI … PDI).
 */
export function slotValue(slot: Slot, values: SlotValues, form: 'html' | 'text'): string {
  switch (slot) {
    case 'name': {
      const name = values.name.trim()
      if (name === '') return ''
      if (form === 'html')
        return rightToLeft.test(name)
          ? ` <span dir="auto">${escapeHtml(name)}</span>`
          : ` ${escapeHtml(name)}`
      return rightToLeft.test(name) ? ` \u2068${name}\u2069` : ` ${name}`
    }
    case 'unsubscribe':
      return form === 'html' ? escapeHtml(values.unsubscribeUrl) : values.unsubscribeUrl
    case 'preferences':
      return form === 'html' ? escapeHtml(values.preferencesUrl) : values.preferencesUrl
  }
}

/** A document with its slots filled: for previews, the archive, tests and notices. */
export const fillPieces = (pieces: Pieces, values: SlotValues, form: 'html' | 'text'): string =>
  pieces.map(piece => (typeof piece === 'string' ? piece : slotValue(piece.slot, values, form))).join('')

/** Values that belong to nobody: the links lead to a page that mails a reader a fresh one. */
export const neutralValues = (publicUrl: string): SlotValues => ({
  name: '',
  unsubscribeUrl: `${publicUrl}/preferences`,
  preferencesUrl: `${publicUrl}/preferences`,
})
