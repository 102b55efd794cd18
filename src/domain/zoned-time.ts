import { isOrdinary } from './moment.ts'

const day = 86_400_000

const clocks = new Map<string, Intl.DateTimeFormat>()

// Making one takes some 50 µs, using it 2.
function clockOf(zone: string): Intl.DateTimeFormat {
  let made = clocks.get(zone)
  if (!made) {
    made = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
    clocks.set(zone, made)
  }
  return made
}

/** What a clock on the wall of a zone shows: `2026-06-22T06:30`, as a datetime-local field gives and takes it. */
export function wallTime(at: Date, zone: string): string {
  const parts = clockOf(zone).formatToParts(at)
  const part = (type: Intl.DateTimeFormatPartTypes) =>
    parts.find(one => one.type === type)!.value.padStart(2, '0')
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`
}

/**
 * The moment at which the clock of a zone shows `local` (`2026-06-22T06:30`). An hour that is skipped in spring gives
 * the first moment after it, a doubled one in autumn its first. Undefined for what is no date of an ordinary year.
 */
export function momentAt(local: string, zone: string): Date | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(:\d\d)?$/.exec(local)
  if (!match) return undefined
  const wanted = local.slice(0, 16)
  const naive = Date.parse(`${wanted}:00Z`)
  if (Number.isNaN(naive) || new Date(naive).toISOString().slice(0, 16) !== wanted) return undefined
  if (![-2 * day, 2 * day].every(around => isOrdinary(new Date(naive + around)))) return undefined
  // The offsets of the day before and after are all that can apply.
  const offsets = [...new Set([-day, day].map(around => offsetAt(naive + around, zone)))]
  const exact = offsets
    .map(offset => naive - offset)
    .filter(time => wallTime(new Date(time), zone) === wanted)
  if (exact.length) return new Date(Math.min(...exact))
  return new Date(firstAfter(naive - Math.max(...offsets), naive - Math.min(...offsets), wanted, zone))
}

const offsetAt = (time: number, zone: string) => {
  const whole = Math.floor(time / 60_000) * 60_000
  return Date.parse(`${wallTime(new Date(whole), zone)}:00Z`) - whole
}

// Within a skipped hour: the first minute whose wall time is past the wanted one.
function firstAfter(from: number, to: number, wanted: string, zone: string): number {
  for (let time = from; time <= to; time += 60_000) if (wallTime(new Date(time), zone) > wanted) return time
  return to
}
