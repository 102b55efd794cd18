import type { Language } from '../../domain/languages.ts'
import { sayList } from '../../domain/say-list.ts'
import { weekdayName } from '../../domain/weekdays.ts'
import { planWords } from '../../domain/words/plans.ts'
import type { Plan } from '../../store/plans.ts'

/** "Monday to Friday, 06:30"; the zone stands in it where it is not `home`. */
export function sayWhen(
  { weekdays, time, timeZone }: Pick<Plan, 'weekdays' | 'time' | 'timeZone'>,
  language: Language,
  home?: string,
): string {
  const words = planWords[language]
  const days = weekdays.toSorted().join('')
  const named: Record<string, string> = {
    1234567: words.days.every,
    12345: words.days.weekdays,
    67: words.days.weekend,
  }
  const list =
    named[days] ??
    sayList(
      weekdays.map(day => weekdayName(day, language)),
      language,
    )
  const said = words.at(list, time.slice(0, 5))
  return timeZone === home ? said : `${said} ${words.inZone(timeZone.replaceAll('_', ' '))}`
}
