import { planModes } from '../../domain/plan.ts'
import { weekdayName, weekdays } from '../../domain/weekdays.ts'
import { composeWords } from '../../domain/words/compose.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { planFormWords } from '../../domain/words/plan-form.ts'
import { planWords } from '../../domain/words/plans.ts'
import type { Digest } from '../../store/digests.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Checks, Field, Select } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { GoesTo } from './goes-to.tsx'
import { PlanBlocks } from './plan-blocks.tsx'
import type { PlanErrors, PlanFields } from './plan-fields.ts'
import { TimeZone } from './time-zone.tsx'

export type PlanFormProps = {
  frame: WorkspaceFrame
  fields: PlanFields
  errors: PlanErrors
  newsletters: Newsletter[]
  sections: string[]
  /** Absent: a new one. */
  plan?: { id: number; name: string }
  /** The subject of an edition that is made and scheduled. */
  stands?: string
  /** Digests that a new plan can start from. */
  from?: { digests: Digest[]; chosen?: number }
}

/** A plan's form. Its blocks are added, moved and removed by buttons, which bring the page back as it was typed. */
export const PlanForm = (props: PlanFormProps) => {
  const { frame, fields, errors, newsletters, plan, stands, from } = props
  const { language } = frame
  const words = planFormWords[language]
  const wrong = Object.values(errors).some(Boolean)
  const back = plan ? `/admin/plans/${plan.id}` : '/admin/plans'
  const field = (name: 'name' | 'subject' | 'preheader' | 'time' | 'timeZone') => ({
    name,
    value: fields[name],
    error: errors[name],
  })
  return (
    <WorkspacePage
      {...frame}
      title={plan ? words.editTitle(plan.name) : words.newTitle}
      current="digests"
      notice={
        wrong ? (
          <Notice tone="fix">{words.failed}</Notice>
        ) : (
          stands !== undefined && <Notice tone="look">{planWords[language].plan.stands(stands)}</Notice>
        )
      }
    >
      {from && from.digests.length > 0 && <StartFrom {...props} />}
      <form method="post" action={plan ? `${back}/edit` : back} class="stack" novalidate>
        {/* Enter in a field saves, rather than pressing the first button of the page. */}
        <button type="submit" name="act" value="save" hidden />
        <Field {...field('name')} label={words.name} hint={words.nameHint} required />
        <h2>{words.when}</h2>
        <div class="days">
          <Checks
            name="weekdays"
            legend={words.days}
            values={fields.weekdays}
            error={errors.weekdays}
            options={weekdays.map(day => ({ value: String(day), label: weekdayName(day, language) }))}
          />
        </div>
        <Field {...field('time')} type="time" label={words.time} hint={words.timeHint} required />
        <TimeZone {...field('timeZone')} label={words.timeZone} />
        <Checks
          name="mode"
          kind="radio"
          legend={words.mode}
          hint={words.approval}
          values={[fields.mode]}
          error={errors.mode}
          options={planModes.map(mode => ({
            value: mode,
            label: words.modes[mode],
            hint: words.modeHints[mode],
          }))}
        />
        <h2>{words.says}</h2>
        <GoesTo
          legend={words.newsletters}
          words={composeWords[language]}
          newsletters={newsletters}
          chosen={fields.newsletters}
          error={errors.newsletters}
          empty={<p class="muted">{words.noNewsletters}</p>}
        />
        <Field {...field('subject')} label={words.subject} hint={words.subjectHint} required />
        <Field {...field('preheader')} label={words.preheader} hint={words.preheaderHint} />
        <PlanBlocks {...props} />
        <Buttons>
          <Button kind="main" name="act" value="save">
            {words.save}
          </Button>
          <ButtonLink href={back}>{words.cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}

const StartFrom = ({ frame: { language }, from }: PlanFormProps) => {
  const words = planFormWords[language].from
  const untitled = digestWords[language].untitled
  return (
    <form method="get" action="/admin/plans/new" class="start-from">
      <Select
        name="digest"
        label={words.title}
        hint={words.hint}
        value={String(from?.chosen ?? '')}
        options={[
          { value: '', label: words.none },
          ...(from?.digests ?? []).map(one => ({ value: String(one.id), label: one.subject || untitled })),
        ]}
      />
      <Button>{words.act}</Button>
    </form>
  )
}
