import type { Language } from './languages.ts'

/** "Morning Brief, Leadership and White papers", "… und …". */
export const sayList = (names: readonly string[], language: Language): string =>
  new Intl.ListFormat(language === 'en' ? 'en-GB' : 'de-DE').format(names)
