const isoDate =
  /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2}|[+-]\d{2})?)?$/i
const hasZone = /(Z|UTC|GMT|[ECMP][SD]T|[+-]\d{2}:?\d{2})\)?$/i

/**
 * When a page says it was published. Dates of ISO 8601 and the forms of RFC 5322 and of English prose; a time
 * without a zone is taken as UTC, never as this machine's. Null for what is no date of the years 1900 to 2200.
 */
export function parsePublishedAt(text: string): Date | null {
  const trimmed = text.trim().slice(0, 60)
  const iso = isoDate.exec(trimmed)
  const date = iso
    ? new Date(`${iso[1]}T${iso[2] ?? '00:00'}${zoneOf(iso[3])}`)
    : /\b\d{4}\b/.test(trimmed)
      ? new Date(hasZone.test(trimmed) ? trimmed : `${trimmed} UTC`)
      : undefined
  const year = date?.getUTCFullYear()
  return date && year && year >= 1900 && year <= 2200 ? date : null
}

function zoneOf(zone: string | undefined): string {
  if (!zone || zone.toUpperCase() === 'Z') return 'Z'
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone)!
  return `${sign}${hours}:${minutes}`
}
