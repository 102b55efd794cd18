import type { Language } from './languages.ts'
import { capital } from './text.ts'

const locales: Record<Language, string> = { en: 'en-GB', de: 'de-DE' }

const formats = new Map<string, Intl.DateTimeFormat>()

// Making a formatter takes some 50 µs, using it 1 µs.
function format(language: Language, zone: string, options: Intl.DateTimeFormatOptions) {
  const key = `${language} ${zone} ${JSON.stringify(options)}`
  let made = formats.get(key)
  if (!made) {
    made = new Intl.DateTimeFormat(locales[language], { timeZone: zone, ...options })
    formats.set(key, made)
  }
  return made
}

const yearOf = (at: Date, zone: string) => format('en', zone, { year: 'numeric' }).format(at)
const dayKey = (at: Date, zone: string) =>
  format('en', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** "Mon 22 June", "Mo 22. Juni"; with the year where it is not this one. */
export function shortDay(at: Date, zone: string, language: Language, now = new Date()): string {
  const weekday = format(language, zone, { weekday: 'short' }).format(at).replace(/[.,]$/, '')
  const year = yearOf(at, zone) === yearOf(now, zone) ? {} : ({ year: 'numeric' } as const)
  return `${weekday} ${format(language, zone, { day: 'numeric', month: 'long', ...year }).format(at)}`
}

/** "22 June", "22. Juni"; with the year where it is not this one. */
export function plainDay(at: Date, zone: string, language: Language, now = new Date()): string {
  const year = yearOf(at, zone) === yearOf(now, zone) ? {} : ({ year: 'numeric' } as const)
  return format(language, zone, { day: 'numeric', month: 'long', ...year }).format(at)
}

/** "now", "12 minutes ago", "5 hours ago", "yesterday", "3 days ago", "22 June": rough, for lists. */
export function sayAge(at: Date, zone: string, language: Language, now = new Date()): string {
  const relative = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' })
  const minutes = Math.round((now.getTime() - at.getTime()) / 60_000)
  const days = -daysBetween(now, at, zone)
  if (minutes < 0 || days > 6) return plainDay(at, zone, language, now)
  if (minutes === 0) return relative.format(0, 'second')
  if (minutes < 60) return relative.format(-minutes, 'minute')
  if (days === 0 || minutes < 6 * 60) return relative.format(-Math.round(minutes / 60), 'hour')
  return relative.format(-days, 'day')
}

/** "Monday 22 June 2026", "Montag, 22. Juni 2026". */
export const longDay = (at: Date, zone: string, language: Language): string =>
  format(language, zone, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
    .format(at)
    .replace(language === 'en' ? ',' : '', '')

/** "22 June 2026", "22. Juni 2026". */
export const dayOfYear = (at: Date, zone: string, language: Language): string =>
  format(language, zone, { day: 'numeric', month: 'long', year: 'numeric' }).format(at)

/** "10:42". */
export const clock = (at: Date, zone: string, language: Language): string =>
  format(language, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at)

/** "Mon 06:00", "Mo 06:00": for what lasts some days. */
export const weekdayClock = (at: Date, zone: string, language: Language): string =>
  `${format(language, zone, { weekday: 'short' }).format(at).replace(/[.,]$/, '')} ${clock(at, zone, language)}`

/** Exact, for the hover: "Monday 22 June 2026 at 06:30:00 BST". */
export const exactMoment = (at: Date, zone: string, language: Language): string =>
  format(language, zone, { dateStyle: 'full', timeStyle: 'long' }).format(at)

/** As people say it: "now", "12 minutes ago", "in 5 minutes", "10:42", "Yesterday 10:42", "Mon 22 June, 06:30". */
export function sayMoment(at: Date, zone: string, language: Language, now = new Date()): string {
  const relative = new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' })
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000)
  if (minutes === 0) return relative.format(0, 'second')
  if (Math.abs(minutes) < 60) return relative.format(minutes, 'minute')
  const days = daysBetween(now, at, zone)
  const time = clock(at, zone, language)
  if (days === 0) return `${capital(relative.format(0, 'day'))} ${time}`
  if (Math.abs(days) === 1) return `${capital(relative.format(days, 'day'))} ${time}`
  return `${shortDay(at, zone, language, now)}, ${time}`
}

/** Within a sentence: "10:42", on another day "tomorrow 10:42", "Mon 22 June, 06:30". */
export function sayClock(at: Date, zone: string, language: Language, now = new Date()): string {
  const time = clock(at, zone, language)
  const days = daysBetween(now, at, zone)
  if (days === 0) return time
  if (Math.abs(days) > 1) return `${shortDay(at, zone, language, now)}, ${time}`
  return `${new Intl.RelativeTimeFormat(locales[language], { numeric: 'auto' }).format(days, 'day')} ${time}`
}

function daysBetween(from: Date, to: Date, zone: string): number {
  const [a, b] = [from, to].map(at => {
    const [day, month, year] = dayKey(at, zone).split('/').map(Number)
    return Date.UTC(year!, month! - 1, day!)
  })
  return Math.round((b! - a!) / 86_400_000)
}

/** "4,812", "4.812". */
export const sayNumber = (number: number, language: Language): string =>
  new Intl.NumberFormat(locales[language]).format(number)
