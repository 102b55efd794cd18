import type { When } from '../approval.ts'
import { clock, dayOfYear } from '../dates.ts'
import type { Language } from '../languages.ts'
import { momentAt } from '../zoned-time.ts'

const words = {
  en: {
    now: 'as soon as somebody presses Send',
    at: (day: string, time: string, zone: string) => `on ${day} at ${time} (${zone})`,
    local: (day: string, time: string) => `on ${day} at ${time} by each reader’s own clock`,
  },
  de: {
    now: 'sobald jemand auf Senden drückt',
    at: (day: string, time: string, zone: string) => `am ${day} um ${time} Uhr (${zone})`,
    local: (day: string, time: string) => `am ${day} um ${time} Uhr nach der Uhr jedes Lesers`,
  },
}

/** When a digest is to go, as the end of a sentence: "on 22 June 2026 at 06:30 (Europe/Berlin)". */
export function sayWhen(when: When, zone: string, language: Language): string {
  switch (when.kind) {
    case 'now':
      return words[language].now
    case 'at': {
      const at = new Date(when.at)
      return words[language].at(dayOfYear(at, zone, language), clock(at, zone, language), zone)
    }
    case 'local': {
      const at = momentAt(when.time, 'UTC')!
      return words[language].local(dayOfYear(at, 'UTC', language), clock(at, 'UTC', language))
    }
  }
}
