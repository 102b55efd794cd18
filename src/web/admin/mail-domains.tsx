import { sayNumber } from '../../domain/dates.ts'
import type { Language } from '../../domain/languages.ts'
import { type MailDomainWords, mailDomainWords } from '../../domain/words/mail-domains.ts'
import type { MailDomain } from '../../store/mail-domains.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Notice, Status } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'

const path = '/admin/settings/delivery'

/** What stands in the form; the domain that is changed, where it is one of the list. */
export type LimitForm = { fields: Fields; errors: FormErrors; changing?: string }

type Props = {
  domains: MailDomain[]
  limit: LimitForm
  zone: string
  language: Language
}

/** What each domain takes, how it is with it now, and the form that limits one. */
export const MailDomains = ({ domains, limit, zone, language }: Props) => {
  const words = mailDomainWords[language]
  return (
    <>
      <h2>{words.title}</h2>
      <p class="hint">{words.intro}</p>
      {domains.length === 0 ? <p>{words.none}</p> : <List {...{ domains, zone, language }} />}
      <LimitFields {...limit} words={words} />
    </>
  )
}

const List = ({ domains, zone, language }: Pick<Props, 'domains' | 'zone' | 'language'>) => {
  const words = mailDomainWords[language]
  const sayLimit = (limit: number | null) =>
    limit === null ? <span class="muted">{words.unlimited}</span> : sayNumber(limit, language)
  return (
    <div class="domains">
      <Table
        caption={words.caption}
        rows={pausedFirst(domains)}
        columns={[
          { head: words.domain, kind: 'title', cell: row => row.domain },
          { head: words.connections, kind: 'number', cell: row => sayLimit(row.connections) },
          { head: words.perMinute, kind: 'number', cell: row => sayLimit(row.perMinute) },
          { head: words.state, cell: row => <State {...{ row, zone, language }} /> },
          { head: words.actions, kind: 'action', cell: row => <Actions {...{ row, words }} /> },
        ]}
      />
    </div>
  )
}

const pausedFirst = (domains: MailDomain[]) =>
  domains.toSorted((a, b) => Number(b.pausedUntil !== null) - Number(a.pausedUntil !== null))

const State = ({ row, zone, language }: { row: MailDomain } & Pick<Props, 'zone' | 'language'>) => {
  const words = mailDomainWords[language]
  const { pausedUntil, pauseReason, pauseReply } = row
  if (!pausedUntil || !pauseReason) return <Status>{words.open}</Status>
  return (
    <div>
      <Status tone="look">
        {words.pausedUntil} <Time at={pausedUntil} zone={zone} language={language} as="clock" />
      </Status>
      <p class="small">
        {words.reasons[pauseReason as keyof MailDomainWords['reasons']]}
        {pauseReply && (
          <>
            {': '}
            <q class="reply">{pauseReply}</q>
          </>
        )}
      </p>
    </div>
  )
}

const Actions = ({ row, words }: { row: MailDomain; words: MailDomainWords }) => {
  const of = `${path}/domains/${encodeURIComponent(row.domain)}`
  return (
    <div class="row-actions">
      {row.pausedUntil && (
        <form method="post" action={`${of}/unpause`}>
          <Button small label={words.unpauseNamed(row.domain)}>
            {words.unpause}
          </Button>
        </form>
      )}
      <ButtonLink
        small
        href={`${path}?domain=${encodeURIComponent(row.domain)}#limit`}
        label={words.changeNamed(row.domain)}
      >
        {words.change}
      </ButtonLink>
      <form method="post" action={`${of}/remove`}>
        <Button small label={words.removeNamed(row.domain)}>
          {words.remove}
        </Button>
      </form>
    </div>
  )
}

const LimitFields = ({ fields, errors, changing, words }: LimitForm & { words: MailDomainWords }) => {
  const wrong = Object.keys(errors)[0]
  const field = (name: string) => ({
    name,
    value: fields[name],
    error: errors[name],
    autofocus: name === wrong,
  })
  return (
    <form method="post" action={`${path}/domains`} class="stack" id="limit">
      <h3>{changing ? words.changing(changing) : words.add}</h3>
      {changing ? (
        <input type="hidden" name="domain" value={changing} />
      ) : (
        <Field
          {...field('domain')}
          label={words.domain}
          hint={words.domainHint}
          placeholder="example.com"
          autocomplete="off"
          required
        />
      )}
      <div class="together-fields">
        <Field
          {...field('connections')}
          label={words.connectionsLabel}
          hint={words.most(1000)}
          inputmode="numeric"
          autocomplete="off"
        />
        <Field
          {...field('perMinute')}
          label={words.perMinuteLabel}
          hint={words.most(100_000)}
          inputmode="numeric"
          autocomplete="off"
        />
      </div>
      <Buttons>
        <Button>{words.save}</Button>
        {changing && <ButtonLink href={`${path}#limit`}>{words.cancel}</ButtonLink>}
      </Buttons>
    </form>
  )
}

export type LimitDone = { kind: 'limited' | 'unpaused'; domain: string } | RemovedLimit
type RemovedLimit = { kind: 'removed'; domain: string; connections: number | null; perMinute: number | null }

/** What was just done with a domain; what was removed can be put back. */
export const LimitNotice = ({ done, language }: { done: LimitDone; language: Language }) => {
  const words = mailDomainWords[language]
  return (
    <Notice tone="good" action={done.kind === 'removed' && <PutBack {...done} words={words} />}>
      {words[done.kind](done.domain)}
    </Notice>
  )
}

const PutBack = ({ domain, connections, perMinute, words }: RemovedLimit & { words: MailDomainWords }) =>
  connections === null && perMinute === null ? null : (
    <form method="post" action={`${path}/domains`}>
      <input type="hidden" name="domain" value={domain} />
      <input type="hidden" name="connections" value={connections ?? ''} />
      <input type="hidden" name="perMinute" value={perMinute ?? ''} />
      <Button>{words.undo(connections, perMinute)}</Button>
    </form>
  )
