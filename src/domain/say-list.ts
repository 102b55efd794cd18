import type { Language } from './languages.ts'

// Made once: making one takes longer than all else that a sign-up's page needs.
const formats: Record<Language, Intl.ListFormat> = {
  en: new Intl.ListFormat('en-GB'),
  de: new Intl.ListFormat('de-DE'),
}

/** "Morning Brief, Leadership and White papers", "… und …". */
export const sayList = (names: readonly string[], language: Language): string =>
  formats[language].format(names)
