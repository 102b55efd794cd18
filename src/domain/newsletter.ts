/** How often a newsletter comes. */
export type Cadence = 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'irregular'

export const cadences = [
  'daily',
  'weekdays',
  'weekly',
  'monthly',
  'irregular',
] as const satisfies readonly Cadence[]

/** A slug is 1 to 60 of a–z, 0–9 and single hyphens inside. */
export const isSlug = (text: string): boolean => text.length <= 60 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(text)

/** A slug made of a name: "Morning Brief" gives `morning-brief`; empty where nothing of the name is left. */
export const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll('ä', 'ae')
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
