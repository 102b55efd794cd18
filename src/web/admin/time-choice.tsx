import type { When } from '../../domain/approval.ts'
import { isLocalTime } from '../../domain/local-time.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import { momentAt, wallTime } from '../../domain/zoned-time.ts'
import type { Fields } from '../form-fields.ts'
import { Checks, Field, type FieldProps } from '../views/parts/fields.tsx'
import type { WorkspaceFrame } from './frame.ts'

/** A time as it was typed, by the publication's clock or by each reader's own. */
export type TypedTime = {
  at: string
  clock: 'publication' | 'reader'
  error?: 'timeMissing' | 'timePast' | 'another'
  /** A fault that needs more words. */
  why?: string
}

export const typedTime = (fields: Fields): TypedTime => ({
  at: fields.at ?? '',
  clock: fields.clock === 'reader' ? 'reader' : 'publication',
})

/** A time in the form's fields, as it stands in a plan. */
export function timeOf(when: When, zone: string): TypedTime | undefined {
  switch (when.kind) {
    case 'now':
      return undefined
    case 'at':
      return { at: wallTime(new Date(when.at), zone), clock: 'publication' }
    case 'local':
      return { at: when.time, clock: 'reader' }
  }
}

/** What was typed as a time to come, or the fault beside it. */
export function readTime(typed: TypedTime, zone: string): { kind: 'when'; when: When } | TypedTime {
  const at = momentAt(typed.at, zone)
  if (!at) return { ...typed, error: 'timeMissing' }
  const local = typed.at.slice(0, 16)
  if (typed.clock === 'reader') {
    // By then the last of earth's clocks has shown it.
    const over = momentAt(local, 'Etc/GMT+12')
    return isLocalTime(local) && over && over.getTime() > Date.now()
      ? { kind: 'when', when: { kind: 'local', time: local } }
      : { ...typed, error: 'timePast' }
  }
  return at.getTime() < Date.now()
    ? { ...typed, error: 'timePast' }
    : { kind: 'when', when: { kind: 'at', at: at.toISOString() } }
}

/** Day and time, and whose clock it is. */
export const TimeChoice = ({
  frame: { language, publication },
  typed,
  label,
  beside,
}: {
  frame: WorkspaceFrame
  typed?: TypedTime
  label: string
  beside?: FieldProps['beside']
}) => {
  const words = sendingWords[language]
  return (
    <>
      <Field
        name="at"
        type="datetime-local"
        label={label}
        value={typed?.at}
        error={typed?.why ?? (typed?.error && words[typed.error])}
        beside={beside}
      />
      <Checks
        kind="radio"
        name="clock"
        legend={words.clock}
        values={[typed?.clock ?? 'publication']}
        options={[
          { value: 'publication', label: words.clockOf(publication.timeZone) },
          { value: 'reader', label: words.clockOfReaders, hint: words.clockOfReadersHint },
        ]}
      />
    </>
  )
}
