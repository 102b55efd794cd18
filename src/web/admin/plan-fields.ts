import type { Context } from 'hono'
import { type DraftBlock, type DraftField, readDraft, takeStep } from '../../domain/draft.ts'
import type { Language } from '../../domain/languages.ts'
import { type PlanInput, type PlanMode, planInput } from '../../domain/plan.ts'
import { isPlanBlock } from '../../domain/plan-blocks.ts'
import { formFault } from '../../domain/words/form-faults.ts'
import { planFormWords } from '../../domain/words/plan-form.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { Plan } from '../../store/plans.ts'
import type { Publication } from '../../store/publication.ts'
import { asTyped, formBody, isText } from '../form-body.ts'
import { digestFields, mostBlocks } from './compose-fields.ts'

/** A plan as its form holds it: not checked yet, so that what is wrong comes back as it was typed. */
export type PlanFields = {
  name: string
  /** Slugs, in order. */
  newsletters: string[]
  subject: string
  preheader: string
  blocks: DraftBlock[]
  weekdays: string[]
  time: string
  timeZone: string
  mode: string
}

export type PlanErrors = Partial<Record<Exclude<keyof PlanFields, 'blocks'>, string>> & {
  /** Of the blocks together. */
  blocks?: string
  /** Of a block's field, by its place. */
  faults?: { at: number; field: DraftField }[]
}

/** A new plan, filled in: every weekday, with what it takes from a digest. */
export const freshPlan = (
  { timeZone }: Pick<Publication, 'timeZone'>,
  from: { subject: string; preheader: string; newsletters: string[]; blocks: DraftBlock[] } | undefined,
): PlanFields => ({
  name: '',
  newsletters: from?.newsletters ?? [],
  subject: from?.subject ?? '',
  preheader: from?.preheader ?? '',
  blocks: from?.blocks ?? [{ type: 'newest', section: '', count: 5 }],
  weekdays: ['1', '2', '3', '4', '5'],
  time: '06:30',
  timeZone,
  mode: 'sends' satisfies PlanMode,
})

export const planFieldsOf = (plan: Plan, newsletters: readonly Newsletter[]): PlanFields => ({
  name: plan.name,
  newsletters: plan.newsletterIds.flatMap(id => newsletters.find(one => one.id === id)?.slug ?? []),
  subject: plan.subject,
  preheader: plan.preheader,
  blocks: plan.blocks,
  weekdays: plan.weekdays.map(String),
  time: plan.time.slice(0, 5),
  timeZone: plan.timeZone,
  mode: plan.mode,
})

/** Reads the form, and takes the step of the button that was pressed; `stepped` where that was not Save. */
export async function planFields(c: Context): Promise<{ fields: PlanFields; stepped: boolean }> {
  const body = await formBody(c)
  const all = (name: string) => (body.get(name) ?? []).filter(isText).map(asTyped)
  const one = (name: string) => all(name).at(-1) ?? ''
  const { subject, preheader, newsletters, blocks: typed, act } = await digestFields(c)
  const known = typed.filter(isPlanBlock)
  const stepped = act.kind === 'step' ? takeStep(known, act.step).blocks : known
  const fields = {
    name: one('name'),
    newsletters: act.kind === 'newsletter-up' ? movedUp(newsletters, act.slug) : newsletters,
    subject,
    preheader,
    blocks: stepped.length > mostBlocks ? known : stepped,
    weekdays: all('weekdays'),
    time: one('time'),
    timeZone: one('timeZone'),
    mode: one('mode'),
  }
  return { fields, stepped: act.kind === 'step' || act.kind === 'newsletter-up' }
}

function movedUp(slugs: readonly string[], slug: string): string[] {
  const at = slugs.indexOf(slug)
  return at > 0 ? slugs.toSpliced(at - 1, 2, slug, slugs[at - 1]!) : [...slugs]
}

/** What is to be saved, or what is wrong at each field, in the editor's words. */
export function readPlan(
  fields: PlanFields,
  language: Language,
): { kind: 'read'; input: PlanInput } | { kind: 'refused'; errors: PlanErrors } {
  const draft = readDraft(fields.blocks)
  const blocks = draft.kind === 'read' ? draft.blocks : []
  const reading = planInput.safeParse({ ...fields, blocks })
  if (reading.success && draft.kind === 'read') return { kind: 'read', input: reading.data }
  const errors: PlanErrors = draft.kind === 'refused' ? { faults: draft.faults } : {}
  const words = planFormWords[language].errors
  for (const { path, message } of reading.error?.issues ?? []) {
    const field = path[0] as keyof PlanFields
    if (field === 'blocks' && errors.faults) continue
    errors[field] ??=
      field === 'weekdays' || field === 'newsletters' || field === 'blocks' || field === 'mode'
        ? words[field]
        : message.startsWith('must have no other code')
          ? words.code
          : formFault(language, message)
  }
  return { kind: 'refused', errors }
}
