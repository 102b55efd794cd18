import { timeOfDay } from '../../domain/sending-hours.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { Publication } from '../../store/publication.ts'
import type { Fields } from '../form-fields.ts'

/** The form of a newsletter, filled in. A field that is there is ticked. */
export const filledIn = {
  fresh: ({ language, timeZone }: Pick<Publication, 'language' | 'timeZone'>): Fields => ({
    cadence: 'weekly',
    language,
    timeZone,
    archivePublic: 'on',
  }),
  of: (newsletter: Newsletter): Fields => ({
    name: newsletter.name,
    description: newsletter.description,
    cadence: newsletter.cadence,
    schedule: newsletter.schedule,
    senderName: newsletter.senderName ?? '',
    senderAddress: newsletter.senderAddress ?? '',
    replyTo: newsletter.replyTo ?? '',
    language: newsletter.language,
    timeZone: newsletter.timeZone,
    sendsFrom: timeOfDay(newsletter.sendsFrom) ?? '',
    sendsUntil: timeOfDay(newsletter.sendsUntil) ?? '',
    expectedAt: timeOfDay(newsletter.expectedAt) ?? '',
    expectedWeekday: newsletter.cadence === 'weekly' ? String(newsletter.expectedDay ?? '') : '',
    expectedDate: newsletter.cadence === 'monthly' ? String(newsletter.expectedDay ?? '') : '',
    ...(newsletter.carriesAdvertising && { carriesAdvertising: 'on' }),
    ...(newsletter.archivePublic && { archivePublic: 'on' }),
    ...(newsletter.needsApproval && { needsApproval: 'on' }),
  }),
}
