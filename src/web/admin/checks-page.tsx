import type { SenderCheck } from '../../actions/check-senders.ts'
import { errorsOf, type Finding, warningsOf } from '../../domain/preflight/finding.ts'
import { sayList } from '../../domain/say-list.ts'
import { preflightWords } from '../../domain/words/preflight.ts'
import type { Digest } from '../../store/digests.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { PreflightList } from './preflight-list.tsx'

type Shown = { frame: WorkspaceFrame; digest: Digest }

/** What asks others and so takes a while. */
export type SlowResult = { links: { asked: number; findings: Finding[] }; senders: SenderCheck }

/** All checks of a digest: what is known at once, and below it what others are asked for. */
export const ChecksPage = ({
  frame,
  digest,
  findings,
  slow,
}: Shown & { findings: Finding[]; slow?: SlowResult }) => {
  const words = preflightWords[frame.language]
  const base = `/admin/digests/${digest.id}`
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      scripts={['htmx.js']}
      actions={
        <>
          <ButtonLink href={base}>{words.back}</ButtonLink>
          <ButtonLink kind="main" href={`${base}/send`}>
            {words.toSend}
          </ButtonLink>
        </>
      }
    >
      {digest.subject && <p class="facts-title">{digest.subject}</p>}
      <Summary findings={findings} frame={frame} />
      <PreflightList
        findings={findings}
        digest={digest}
        language={frame.language}
        zone={frame.publication.timeZone}
      />
      <h2>{words.slow}</h2>
      <SlowChecks frame={frame} digest={digest} slow={slow} />
    </WorkspacePage>
  )
}

const Summary = ({ findings, frame }: { findings: Finding[]; frame: WorkspaceFrame }) => {
  const text = preflightWords[frame.language].summary(errorsOf(findings).length, warningsOf(findings).length)
  return text ? <p class="muted">{text}</p> : null
}

/** Asked for by the page itself, or by its button where no script runs; then what came of it. */
export const SlowChecks = ({ frame, digest, slow }: Shown & { slow?: SlowResult }) => {
  const words = preflightWords[frame.language]
  const list = { digest, language: frame.language, zone: frame.publication.timeZone }
  const path = `/admin/digests/${digest.id}/checks`
  return (
    <form
      id="slow-checks"
      method="post"
      action={path}
      hx-post={path}
      hx-trigger={slow ? 'submit' : 'load, submit'}
      hx-swap="outerHTML"
      {...{ 'hx-status:4xx': 'swap:none', 'hx-status:5xx': 'swap:none' }}
    >
      {slow ? (
        <>
          <PreflightList
            {...list}
            findings={slow.links.findings}
            good={slow.links.asked ? words.linksGood(slow.links.asked) : words.noLinks}
          />
          {slow.senders.kind === 'none' ? (
            <p class="muted">{slow.senders.why === 'mailbox' ? words.mailbox : words.noSender}</p>
          ) : (
            <PreflightList
              {...list}
              findings={slow.senders.findings}
              good={(slow.senders.signed ? words.domainGood : words.domainUnsigned)(
                sayList(slow.senders.domains, frame.language),
              )}
            />
          )}
        </>
      ) : (
        <p class="hint">{words.slowHint}</p>
      )}
      <p class="while-asking" role="status">
        {words.checking}
      </p>
      <Button>{slow ? words.again : words.check}</Button>
    </form>
  )
}
