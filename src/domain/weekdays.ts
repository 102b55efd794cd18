import type { Language } from './languages.ts'

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' }

/** From Monday, 1, to Sunday, 7. */
export const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** "Monday", "Montag". */
export const weekdayName = (weekday: number, language: Language): string =>
  // The fifth of January 1970 was a Monday.
  new Intl.DateTimeFormat(locales[language], { weekday: 'long', timeZone: 'UTC' }).format(
    new Date(Date.UTC(1970, 0, 4 + weekday)),
  )
