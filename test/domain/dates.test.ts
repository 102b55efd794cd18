import { expect, test } from 'vitest'
import {
  dayOfYear,
  exactMoment,
  longDay,
  sayClock,
  sayMoment,
  sayNumber,
  shortDay,
} from '../../src/domain/dates.ts'

const now = new Date('2026-06-22T10:00:00Z')
const say = (at: string, language: 'en' | 'de' = 'en') =>
  sayMoment(new Date(at), 'Europe/London', language, now)

test('days are said in the newsletter’s zone', () => {
  const late = new Date('2026-06-22T23:30:00Z')
  expect(shortDay(late, 'Europe/London', 'en', now)).toBe('Tue 23 June')
  expect(shortDay(late, 'America/New_York', 'en', now)).toBe('Mon 22 June')
  expect(shortDay(late, 'Europe/Berlin', 'de', now)).toBe('Di 23. Juni')
  expect(shortDay(new Date('2024-02-29T12:00:00Z'), 'UTC', 'en', now)).toBe('Thu 29 February 2024')
})

test('whole dates', () => {
  expect(longDay(now, 'Europe/London', 'en')).toBe('Monday 22 June 2026')
  expect(longDay(now, 'Europe/Berlin', 'de')).toBe('Montag, 22. Juni 2026')
  expect(dayOfYear(now, 'Europe/London', 'en')).toBe('22 June 2026')
  expect(exactMoment(now, 'Europe/London', 'en')).toContain('11:00:00')
})

test('moments are said as people say them', () => {
  expect(say('2026-06-22T10:00:10Z')).toBe('now')
  expect(say('2026-06-22T09:48:00Z')).toBe('12 minutes ago')
  expect(say('2026-06-22T10:05:00Z')).toBe('in 5 minutes')
  expect(say('2026-06-22T06:00:00Z')).toBe('Today 07:00')
  expect(say('2026-06-21T21:42:00Z')).toBe('Yesterday 22:42')
  expect(say('2026-06-21T23:30:00Z')).toBe('Today 00:30')
  expect(say('2026-06-23T05:30:00Z', 'de')).toBe('Morgen 06:30')
  expect(say('2026-06-15T05:30:00Z')).toBe('Mon 15 June, 06:30')
})

test('a time within a sentence has its day where that is another', () => {
  const inSentence = (at: string, language: 'en' | 'de' = 'en') =>
    sayClock(new Date(at), 'Europe/London', language, now)
  expect(inSentence('2026-06-22T10:05:00Z')).toBe('11:05')
  expect(inSentence('2026-06-22T22:59:00Z')).toBe('23:59')
  expect(inSentence('2026-06-22T23:00:00Z')).toBe('tomorrow 00:00')
  expect(inSentence('2026-06-22T23:00:00Z', 'de')).toBe('morgen 00:00')
  expect(inSentence('2026-06-25T05:30:00Z')).toBe('Thu 25 June, 06:30')
})

test('numbers', () => {
  expect(sayNumber(4812, 'en')).toBe('4,812')
  expect(sayNumber(4812, 'de')).toBe('4.812')
})
