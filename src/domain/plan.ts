import { z } from 'zod'
import { blocks } from './blocks.ts'
import { lateAfter } from './dispatch.ts'
import { isTimeZone } from './newsletter.ts'
import { nextOccasion, type Occasion, type Recurrence, weekdayOf } from './occasions.ts'
import { line } from './text.ts'

/** `sends`: each edition goes by itself; `waits`: for a second person's approval, or an editor's button. */
export const planModes = ['sends', 'waits'] as const
export type PlanMode = (typeof planModes)[number]

/** So long before its time an edition is made, and its editors get it. */
export const leadTime = 30 * 60_000

/** The one thing that a plan's subject can have filled in. */
const datePlace = /\{\{\s*date\s*\}\}/g

export const withDate = (text: string, date: string): string => text.replaceAll(datePlace, () => date)

const dated = (max: number) =>
  line(max).refine(
    text => !/\{\{|\}\}|\{%/.test(withDate(text, '')),
    'must have no other code than {{ date }}',
  )

/** A plan as a form gives it; `newsletters` are slugs, in order. */
export const planInput = z.object({
  name: line(100, 1),
  newsletters: z
    .array(line(60))
    .min(1, 'must not be empty')
    .max(20)
    .refine(slugs => new Set(slugs).size === slugs.length, 'each newsletter once'),
  subject: dated(250).refine(text => text !== '', 'must not be empty'),
  preheader: dated(250),
  blocks: blocks.min(1, 'must not be empty'),
  weekdays: z
    .array(z.coerce.number().int().min(1).max(7))
    .min(1, 'must not be empty')
    .transform(days => [...new Set(days)].sort()),
  time: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 06:30'),
  timeZone: z.string().refine(isTimeZone, 'must be a zone such as Europe/London'),
  mode: z.enum(planModes),
})

export type PlanInput = z.infer<typeof planInput>

/** When a plan runs: it stores local time and zone, whatever the clocks do. */
export type PlanRule = { weekdays: readonly number[]; time: string; timeZone: string }

const recurrenceOf = ({ weekdays, time, timeZone }: PlanRule): Recurrence => ({
  time: time.slice(0, 5),
  timeZone,
  isDay: day => weekdays.includes(weekdayOf(day)),
})

/** The first time of a plan after a moment. */
export const nextRun = (rule: PlanRule, after: Date): Occasion => nextOccasion(recurrenceOf(rule), after)

/** What a plan has to do by now. */
export type Course = {
  /** Days that nobody was there for, and that a later one takes the place of. */
  missed: Occasion[]
  /** The last day that came. `make`: its edition is made now, `late` where its time is past; `ask`: it is too late for that. */
  last: Occasion
  does: 'make' | 'make late' | 'ask'
  /** The first day that has not come yet. */
  next: Occasion
}

/** Goes from the first day that was not dealt with up to now; undefined while that has not come. */
export function courseOf(rule: PlanRule, first: Occasion, now: Date): Course | undefined {
  const isOpen = ({ at }: Occasion) => at.getTime() - leadTime <= now.getTime()
  if (!isOpen(first)) return undefined
  const come: Occasion[] = []
  let next = first
  while (isOpen(next)) {
    come.push(next)
    next = nextRun(rule, next.at)
  }
  const last = come.at(-1)!
  const lateBy = now.getTime() - last.at.getTime()
  const does = lateBy > lateAfter ? 'ask' : lateBy >= 0 ? 'make late' : 'make'
  return { missed: come.slice(0, -1), last, does, next }
}
