import { unknownPolicies } from '../../domain/failure-rules.ts'
import type { Language } from '../../domain/languages.ts'
import { failureRuleWords } from '../../domain/words/failure-rules.ts'
import type { Publication } from '../../store/publication.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Checks, Field, Together } from '../views/parts/fields.tsx'

export type RulesForm = { fields: Fields; errors: FormErrors }

/** What happens when sending fails, and how long it is kept who got what. */
export const FailureRules = ({ fields, errors, language }: RulesForm & { language: Language }) => {
  const words = failureRuleWords[language]
  const wrong = Object.keys(errors)[0]
  const field = (name: string) => ({
    name,
    value: fields[name],
    error: errors[name],
    autofocus: name === wrong,
  })
  const number = { inputmode: 'numeric', autocomplete: 'off', required: true } as const
  return (
    <>
      <h2>{words.title}</h2>
      <form method="post" action="/admin/settings/delivery/failures" class="stack">
        <Together legend={words.pauses} hint={words.pausesHint}>
          <Field {...field('failureShare')} {...number} label={words.share} />
          <Field {...field('failureLeast')} {...number} label={words.least} />
        </Together>
        <Checks
          kind="radio"
          name="unknownPolicy"
          legend={words.unknown}
          hint={words.unknownHint}
          options={unknownPolicies.map(value => ({ value, ...words.policies[value] }))}
          values={[fields.unknownPolicy ?? '']}
          error={errors.unknownPolicy}
          required
        />
        <Field {...field('ledgerDays')} {...number} label={words.days} hint={words.daysHint} size="short" />
        <Button kind="main">{words.save}</Button>
      </form>
    </>
  )
}

/** The form, filled in with what holds now. */
export const failureFields = ({
  failureShare,
  failureLeast,
  unknownPolicy,
  ledgerDays,
}: Publication): Fields => ({
  failureShare: String(failureShare),
  failureLeast: String(failureLeast),
  unknownPolicy,
  ledgerDays: String(ledgerDays),
})
