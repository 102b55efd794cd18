import type { DispatchCheck } from '../../actions/check-dispatch.ts'
import type { DispatchError, DispatchWarning } from '../../domain/dispatch.ts'
import { commonWords } from '../../domain/words/common.ts'
import { digestWords } from '../../domain/words/digests.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import type { Digest } from '../../store/digests.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Check, Field } from '../views/parts/fields.tsx'
import { Findings, Notice, Status } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { workspaceFrame } from './frame.ts'

export type SendProps = {
  frame: Awaited<ReturnType<typeof workspaceFrame>>
  digest: Digest
  check: DispatchCheck
  /** What came up when it was rendered: about the mail as a whole, and about stories by their titles. */
  rendered: ({ code: 'too-large'; kilobytes: number } | { code: 'undescribed'; title: string })[]
  /** Newsletters that are outside of their hours when it goes, and from when on they go out. */
  closed: { newsletter: string; from: string; zone?: string }[]
  readers: number
  from: string[]
  caught: boolean
  maySend: boolean
  test: { to: string; sent?: boolean; error?: 'notAnAddress' | 'noNewsletter' }
  at?: { typed: string; error?: 'timeMissing' | 'timePast' | 'another' }
  /** What was ticked, where the page comes back. */
  breaking?: boolean
}

/** The last page before a digest goes: what, to whom, how many, and what stands in the way. */
export const SendPage = ({
  frame,
  digest,
  check,
  rendered,
  closed,
  readers,
  from,
  caught,
  maySend,
  test,
  at,
  breaking,
}: SendProps) => {
  const { language, publication } = frame
  const words = sendingWords[language]
  const states = commonWords[language].states
  const base = `/admin/digests/${digest.id}`
  const open = digest.state === 'draft' && check.errors.length === 0 && maySend
  const findings = [
    ...check.errors.map(found => ({
      tone: 'fix' as const,
      word: states.fix,
      text: words.sayFinding(named(found, digest)),
    })),
    ...check.warnings.map(found => ({
      tone: 'look' as const,
      word: states.look,
      text: words.sayFinding(named(found, digest)),
    })),
    ...closed.map(({ newsletter, from, zone }) => ({
      tone: 'look' as const,
      word: states.look,
      text: words.outsideHours(newsletter, from, zone),
    })),
    ...rendered.map(found => ({
      tone: 'look' as const,
      word: states.look,
      text: found.code === 'too-large' ? words.tooLarge(found.kilobytes) : words.undescribed(found.title),
    })),
  ]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      actions={<ButtonLink href={base}>{words.back}</ButtonLink>}
      notice={test.sent && <Notice tone="good">{words.test.sent(test.to)}</Notice>}
    >
      <dl class="facts">
        <dt>{words.subject}</dt>
        <dd class="facts-title">{digest.subject || '–'}</dd>
        <dt>{words.from}</dt>
        <dd>{from.join(', ') || '–'}</dd>
        <dt>{words.to}</dt>
        <dd>
          {digest.newsletters.map(one => one.name).join(', ') || '–'} · {words.readers(readers)}
        </dd>
      </dl>
      {caught && <p class="muted">{words.mailbox}</p>}
      <h2>{words.checks}</h2>
      <Findings
        items={findings.length ? findings : [{ tone: 'good', word: states.good, text: words.ready }]}
      />
      {digest.state === 'scheduled' && digest.dueAt && (
        <Notice
          tone="look"
          title={
            <>
              {words.scheduledFor(digest.dueAt, publication.timeZone)}{' '}
              {digest.breaking && <Status>{digestWords[language].breaking}</Status>}
            </>
          }
        >
          {maySend && (
            <form method="post" action={`${base}/cancel`}>
              <Button>{words.unschedule}</Button>
            </form>
          )}
        </Notice>
      )}
      {open && (
        <form method="post" action={`${base}/schedule`} class="stack" novalidate>
          {/* Enter presses a form's first button: it asks for a time, and never sends. */}
          <button type="submit" hidden />
          <Check name="breaking" label={words.breaking} checked={breaking} />
          <Button kind="main" formaction={`${base}/send`}>
            {words.now(readers)}
          </Button>
          <Field
            name="at"
            type="datetime-local"
            label={words.at}
            hint={words.atHint(publication.timeZone)}
            value={at?.typed}
            error={at?.error && words[at.error]}
            beside={<Button>{words.schedule}</Button>}
          />
        </form>
      )}
      <h2>{words.test.title}</h2>
      <form method="post" action={`${base}/test`} novalidate>
        <Field
          name="to"
          type="email"
          label={words.test.label}
          hint={words.test.hint}
          value={test.to}
          error={test.error && words.test[test.error]}
          beside={<Button>{words.test.button}</Button>}
        />
      </form>
    </WorkspacePage>
  )
}

/** What was found, with the newsletter's name in place of its slug. */
const named = <Found extends DispatchError | DispatchWarning>(found: Found, digest: Digest): Found =>
  'newsletter' in found
    ? {
        ...found,
        newsletter: digest.newsletters.find(one => one.slug === found.newsletter)?.name ?? found.newsletter,
      }
    : found
