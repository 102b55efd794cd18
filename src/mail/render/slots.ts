import { randomBytes } from 'node:crypto'
import { type Pieces, type Place, type Slot, type SlotValues, slots } from '../../domain/rendering.ts'

/** What stands for the personal values while a digest is compiled: letters that nobody can know beforehand. */
export type Markers = Record<Slot, string> & {
  /** What the marker of a name within a sentence begins with. */
  nameOr: string
}

export function makeMarkers(): Markers {
  const random = randomBytes(16).toString('hex')
  const names = [...slots, 'nameOr'] as const
  return Object.fromEntries(names.map((name, index) => [name, `slot${index}x${random}`])) as Markers
}

/** The marker of the reader's name within a sentence, which holds what stands there otherwise. */
export const nameOrMarker = ({ nameOr }: Markers, otherwise: string): string =>
  `${nameOr}y${Buffer.from(otherwise.toWellFormed()).toString('hex')}z`

/** What any marker looks like, for those who measure a text that has some. */
export const markerShape = /slot\dx[0-9a-f]{32}(?:y[0-9a-f]*z)?/g

/** Cuts a text at its markers. */
export function cutAtMarkers(text: string, markers: Markers): Pieces {
  const pattern = new RegExp(`(${slots.map(slot => markers[slot]).join('|')}|${markers.nameOr}y[0-9a-f]*z)`)
  const pieces: Pieces = []
  for (const [index, part] of text.split(pattern).entries()) {
    const place = index % 2 ? placeOf(part, markers) : part
    if (typeof place === 'object' && takesSpace(place, pieces.at(-1))) {
      const before = (pieces.pop() as string).slice(0, -1)
      pieces.push(before, { slot: 'name' })
    } else pieces.push(place)
  }
  return pieces.filter(piece => piece !== '')
}

function placeOf(marker: string, markers: Markers): Place {
  const slot = slots.find(one => markers[one] === marker)
  if (slot) return { slot }
  const hex = marker.slice(markers.nameOr.length + 1, -1)
  return { slot: 'nameOr', otherwise: Buffer.from(hex, 'hex').toString() }
}

/** A name that may be missing altogether takes the space before it along, as the greeting's does: "Dear Ana", "Dear". */
const takesSpace = (place: Place, before: Pieces[number] | undefined): boolean =>
  place.slot === 'nameOr' && place.otherwise === '' && typeof before === 'string' && before.endsWith(' ')

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
 * A value as it stands in its place. The slot of a name has the space before it within, since a greeting without a name
 * has none. A name keeps its own direction (UAX #9: an isolate, as `dir="auto"` or FSI … PDI).
 */
export function slotValue(place: Place, values: SlotValues, form: 'html' | 'text'): string {
  switch (place.slot) {
    case 'name': {
      const name = values.name.trim()
      return name && ` ${isolated(name, form)}`
    }
    case 'nameOr':
      return isolated(values.name.trim() || place.otherwise, form)
    case 'unsubscribe':
      return form === 'html' ? escapeHtml(values.unsubscribeUrl) : values.unsubscribeUrl
    case 'preferences':
      return form === 'html' ? escapeHtml(values.preferencesUrl) : values.preferencesUrl
  }
}

function isolated(name: string, form: 'html' | 'text'): string {
  const turned = rightToLeft.test(name)
  if (form === 'html') return turned ? `<span dir="auto">${escapeHtml(name)}</span>` : escapeHtml(name)
  return turned ? `\u2068${name}\u2069` : name
}

/** A document with its slots filled: for previews, the archive, tests and notices. */
export const fillPieces = (pieces: Pieces, values: SlotValues, form: 'html' | 'text'): string =>
  pieces.map(piece => (typeof piece === 'string' ? piece : slotValue(piece, values, form))).join('')

/** Values that belong to nobody: the links lead to a page that mails a reader a fresh one. */
export const neutralValues = (publicUrl: string): SlotValues => ({
  name: '',
  unsubscribeUrl: `${publicUrl}/preferences`,
  preferencesUrl: `${publicUrl}/preferences`,
})
