import type { Language } from '../languages.ts'
import type { Finding, Found } from '../preflight/finding.ts'
import { contentFindings } from './findings-content.ts'
import { mailFindings } from './findings-mail.ts'
import { senderFindings } from './findings-sender.ts'

/** A sentence for each code; moments are said by the clock of the zone. */
export type FindingWords<F extends Found> = {
  [Code in F['code']]: (found: Extract<F, { code: Code }>, zone: string) => string
}

const words: Record<Language, FindingWords<Found>> = {
  en: { ...contentFindings.en, ...mailFindings.en, ...senderFindings.en },
  de: { ...contentFindings.de, ...mailFindings.de, ...senderFindings.de },
}

/** What was found, in a sentence: what it means for readers, and what to do. */
export const sayFound = (found: Found, language: Language, zone: string): string =>
  (words[language][found.code] as (found: Found, zone: string) => string)(found, zone)

/** A finding as programs get it: its code and its facts, with a sentence in English beside. */
export function inEnglish({ level: _, ...finding }: Finding, zone: string) {
  const { code, ...facts } = finding
  return { code, detail: sayFound(finding, 'en', zone), ...facts }
}
