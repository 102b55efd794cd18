import { InvalidArgumentError, Option } from 'commander'
import { type EmailAddress, parseEmailAddress } from '../domain/email-address.ts'
import { isLocalTime } from '../domain/local-time.ts'
import { exactMoment, roughMoment } from '../domain/moment.ts'
import { roles } from '../domain/roles.ts'

// What the form of an argument alone shows to be wrong is a wrong call: said at once, without opening the database.

/** `--role`, one of ours. */
export const roleOption = () =>
  new Option('--role <role>', 'what they may do').choices([...roles]).makeOptionMandatory()

/** A digest's number. */
export function numberOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('It must be a number.')
}

/** A moment: an ISO time with its offset. */
export function timeOf(text: string): Date {
  const reading = exactMoment.safeParse(text)
  if (reading.success) return reading.data
  throw new InvalidArgumentError('It must be an ISO time with its offset, such as 2026-12-01T06:30:00Z.')
}

/** A day and a time by the wall's clock. */
export function localTimeOf(text: string): string {
  if (isLocalTime(text)) return text
  throw new InvalidArgumentError('It must be a day and a time, such as 2026-12-01T06:30.')
}

/** A moment in the future; a day, or a time without a zone, is UTC. */
export function futureOf(text: string): Date {
  const reading = roughMoment.safeParse(text)
  if (!reading.success) throw new InvalidArgumentError('It must be a day or an ISO time, such as 2026-12-01.')
  if (reading.data.getTime() > Date.now()) return reading.data
  throw new InvalidArgumentError('It must lie in the future.')
}

/** One line that names something, of 1 to 200 characters. */
export function nameOf(text: string): string {
  const name = text.trim()
  if (name !== '' && name.length <= 200 && !/\p{Cc}/u.test(name)) return name
  throw new InvalidArgumentError('It must be one line of 1 to 200 characters.')
}

/** An e-mail address. */
export function addressOf(text: string): EmailAddress {
  const reading = parseEmailAddress(text)
  if (reading.kind === 'address') return reading.address
  throw new InvalidArgumentError('It must be an e-mail address.')
}
