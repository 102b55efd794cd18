import { exactMoment, longDay, sayClock, sayMoment, shortDay } from '../../../domain/dates.ts'
import type { Language } from '../../../domain/languages.ts'

type Props = {
  at: Date
  zone: string
  language: Language
  /** `moment`: "12 minutes ago", "Yesterday 10:42"; `clock`: "10:42", "tomorrow 10:42"; `day`: "Mon 22 June"; `date`: "Monday 22 June 2026". */
  as?: 'moment' | 'clock' | 'day' | 'date'
}

const say = { moment: sayMoment, clock: sayClock, day: shortDay, date: longDay }

/** A time as people say it, exact on hover and in `datetime`. */
export const Time = ({ at, zone, language, as = 'moment' }: Props) => (
  <time datetime={at.toISOString()} title={exactMoment(at, zone, language)}>
    {say[as](at, zone, language)}
  </time>
)
