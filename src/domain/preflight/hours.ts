import { hoursOpen, type SendingHours, timeOfDay } from '../sending-hours.ts'
import { type Finding, warning } from './finding.ts'

/** Newsletters that don't go out at this moment: their readers wait. */
export const hoursFindings = (
  newsletters: readonly (SendingHours & { slug: string })[],
  at: Date,
): Finding[] =>
  newsletters
    .filter(newsletter => !hoursOpen(newsletter, at))
    .map(({ slug, sendsFrom, timeZone }) =>
      warning({ code: 'outside-hours', newsletter: slug, from: timeOfDay(sendsFrom)!, timeZone }),
    )
