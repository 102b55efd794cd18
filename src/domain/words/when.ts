import type { When } from '../approval.ts'
import { clock, dayOfYear } from '../dates.ts'
import type { Language } from '../languages.ts'
import { momentAt } from '../zoned-time.ts'
import { mailWords } from './mail.ts'

/** When a digest is to go, as people say it: "Mon 22 June, 06:30 (Europe/Berlin)". */
export function sayWhen(when: When, zone: string, language: Language): string {
  const words = mailWords[language].approval
  const say = (at: Date, zone: string) => `${dayOfYear(at, zone, language)}, ${clock(at, zone, language)}`
  switch (when.kind) {
    case 'now':
      return words.now
    case 'at':
      return `${say(new Date(when.at), zone)}${language === 'de' ? ' Uhr' : ''} (${zone})`
    case 'local':
      return words.local(say(momentAt(when.time, 'UTC')!, 'UTC'))
  }
}
