import { unknownPolicies } from '../../domain/delivery.ts'
import type { DomainPauseReason } from '../../domain/mail-domain.ts'
import { type SendRulesWords, sendRulesWords } from '../../domain/words/send-rules.ts'
import type { MailDomain } from '../../store/mail-domains.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Checks, Field } from '../views/parts/fields.tsx'
import { Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import type { WorkspaceFrame } from './frame.ts'

/** What was typed and refused. */
export type FailedForm = { form: 'rules' | 'domain'; fields: Fields; errors: FormErrors }

type Props = WorkspaceFrame & { domains: MailDomain[]; failed?: FailedForm }

const path = '/admin/settings/delivery'

/** When a dispatch stops by itself, and how long it is kept who got what. */
export const FailureRules = ({ publication, language, failed }: Props) => {
  const words = sendRulesWords[language]
  const { fields, errors } =
    failed?.form === 'rules' ? failed : { fields: undefined, errors: {} as FormErrors }
  const field = (name: 'failureShare' | 'failureLeast' | 'ledgerDays') => ({
    name,
    value: fields?.[name] ?? publication[name],
    error: errors[name],
    inputmode: 'numeric' as const,
    size: 'short' as const,
  })
  return (
    <section>
      <h2>{words.rules}</h2>
      <p class="hint">{words.rulesHint}</p>
      <form method="post" action={`${path}/rules`} class="stack" novalidate>
        <Field {...field('failureShare')} label={words.failureShare} />
        <Field {...field('failureLeast')} label={words.failureLeast} />
        <Checks
          kind="radio"
          name="unknownPolicy"
          legend={words.unknownPolicy}
          hint={words.unknownHint}
          error={errors.unknownPolicy}
          values={[fields?.unknownPolicy ?? publication.unknownPolicy]}
          options={unknownPolicies.map(value => ({ value, label: words.unknownPolicies[value] }))}
        />
        <Field {...field('ledgerDays')} label={words.ledgerDays} hint={words.ledgerHint} />
        <Button kind="main">{words.save}</Button>
      </form>
    </section>
  )
}

/** How much each domain takes, and which are left alone now. */
export const DomainRules = ({ domains, publication, language, failed }: Props) => {
  const words = sendRulesWords[language]
  const { fields, errors } =
    failed?.form === 'domain' ? failed : { fields: {} as Fields, errors: {} as FormErrors }
  const field = (name: string) => ({ name, value: fields[name], error: errors[name] })
  const number = (count: number | null) =>
    count === null ? <span class="muted">{words.none}</span> : words.number(count)
  return (
    <section>
      <h2>{words.domains}</h2>
      <p class="hint">{words.domainsHint}</p>
      <Table
        caption={words.domainsCaption}
        rows={domains}
        columns={[
          { head: words.domain, kind: 'title', cell: row => row.domain },
          { head: words.connections, kind: 'number', cell: row => number(row.connections) },
          { head: words.perMinute, kind: 'number', cell: row => number(row.perMinute) },
          { head: words.state, cell: row => <State row={row} zone={publication.timeZone} words={words} /> },
          { head: words.actions, kind: 'action', cell: row => <Actions row={row} words={words} /> },
        ]}
      />
      <h3>{words.add}</h3>
      <p class="hint">{words.addHint}</p>
      <form method="post" action={`${path}/domains`} class="stack" novalidate>
        <Field {...field('domain')} label={words.domain} required />
        <Field {...field('connections')} label={words.connections} inputmode="numeric" size="short" />
        <Field {...field('perMinute')} label={words.perMinute} inputmode="numeric" size="short" />
        <Button>{words.addAct}</Button>
      </form>
    </section>
  )
}

const State = ({ row, zone, words }: { row: MailDomain; zone: string; words: SendRulesWords }) =>
  row.pausedUntil === null ? (
    <Status tone="good">{words.open}</Status>
  ) : (
    <>
      <Status tone="fix">{words.pausedUntil(row.pausedUntil, zone)}</Status>{' '}
      {words.reasons[row.pauseReason as DomainPauseReason]}
      {row.pauseReply && <span class="small muted"> {row.pauseReply.replace(/\S+@\S+/g, '…')}</span>}
    </>
  )

const Actions = ({ row, words }: { row: MailDomain; words: SendRulesWords }) => {
  const base = `${path}/domains/${encodeURIComponent(row.domain)}`
  return (
    <form method="post" action={`${base}/remove`}>
      {row.pausedUntil !== null && (
        <Button small formaction={`${base}/unpause`} label={words.unpauseLabel(row.domain)}>
          {words.unpause}
        </Button>
      )}{' '}
      <Button small label={words.removeLabel(row.domain)}>
        {words.remove}
      </Button>
    </form>
  )
}
