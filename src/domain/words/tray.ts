import { plainDay, sayAge } from '../dates.ts'
import type { Language } from '../languages.ts'

type Words = {
  sent: (day: string, newsletter: string) => string
  embargo: (moment: string) => string
  dismiss: string
  dismissNamed: (title: string) => string
  dismissed: string
  isDismissed: (title: string) => string
  restore: string
  restoreNamed: (title: string) => string
  isRestored: (title: string) => string
}

const en: Words = {
  sent: (day, newsletter) => `Sent on ${day} in ${newsletter}`,
  embargo: moment => `Embargo until ${moment}`,
  dismiss: 'Dismiss',
  dismissNamed: title => `Dismiss “${title}”`,
  dismissed: 'Dismissed',
  isDismissed: title => `“${title}” is out of the tray. A search still finds it.`,
  restore: 'Bring back',
  restoreNamed: title => `Bring back “${title}”`,
  isRestored: title => `“${title}” is in the tray again.`,
}

const de: Words = {
  sent: (day, newsletter) => `Versandt am ${day} in ${newsletter}`,
  embargo: moment => `Sperrfrist bis ${moment}`,
  dismiss: 'Weglegen',
  dismissNamed: title => `„${title}“ weglegen`,
  dismissed: 'Weggelegt',
  isDismissed: title => `„${title}“ ist weggelegt. Die Suche findet den Artikel weiterhin.`,
  restore: 'Zurückholen',
  restoreNamed: title => `„${title}“ zurückholen`,
  isRestored: title => `„${title}“ liegt wieder bereit.`,
}

/** What is said of a story that waits to be taken into a digest. */
export const trayWords: Record<Language, Words> = { en, de }

type Place = { zone: string; language: Language; now?: Date }

/** "Sent on 12 March in Daily". */
export const saySent = (
  { at, newsletter }: { at: Date; newsletter: string },
  { zone, language, now }: Place,
): string => trayWords[language].sent(plainDay(at, zone, language, now), newsletter)

/** How old a story is, since it was published, else since it came: "3 hours ago", "yesterday", "12 March". */
export const sayStoryAge = (
  { publishedAt, createdAt }: { publishedAt: Date | null; createdAt: Date },
  { zone, language, now }: Place,
): string => sayAge(publishedAt ?? createdAt, zone, language, now)
