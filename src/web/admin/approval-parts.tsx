import { mayAct } from '../../domain/roles.ts'
import { sayList } from '../../domain/say-list.ts'
import { approvalWords } from '../../domain/words/approval.ts'
import { sayWhen } from '../../domain/words/when.ts'
import type { Digest } from '../../store/digests.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import type { ApprovalView } from './approval-view.ts'
import type { WorkspaceFrame } from './frame.ts'

type Props = { frame: WorkspaceFrame; digest: Pick<Digest, 'id' | 'state'>; approval: ApprovalView }

/** Where the approval of a digest stands, in one notice, with what can be done about it. Nothing where none is needed. */
export const ApprovalNotice = ({ frame, digest, approval }: Props) => {
  const { language, publication, actor } = frame
  const words = approvalWords[language]
  const base = `/admin/digests/${digest.id}`
  const when = approval.approval && sayWhen(approval.approval.proposal.when, publication.timeZone, language)
  const said = approval.said && <q class="said">{approval.said}</q>
  switch (approval.state) {
    case 'asked':
      return (
        <Notice
          tone="look"
          title={words.states.asked}
          action={
            mayAct(actor.role, 'editor') ? (
              <ButtonLink href={`${base}/review`}>{words.review}</ButtonLink>
            ) : undefined
          }
        >
          <p>{words.asked(approval.asker, when!)}</p>
          {said}
          {!approval.othersMay && <p>{words.nobody}</p>}
        </Notice>
      )
    case 'approved':
      return (
        <Notice tone="good" title={words.states.approved}>
          <p>
            {approval.approval?.override
              ? words.overridden(approval.decider, approval.said)
              : words.approved(approval.decider, when!)}{' '}
            {digest.state === 'scheduled' && words.scheduledToo}
          </p>
          {!approval.approval?.override && said}
        </Notice>
      )
    case 'sent_back':
      return (
        <Notice tone="fix" title={words.sentBack(approval.decider)}>
          {said}
        </Notice>
      )
    case 'void':
      return approval.why === 'withdrawn' ? (
        <Needed frame={frame} approval={approval} />
      ) : (
        <Notice tone="fix" title={words.states.void}>
          <p>
            {approval.why === 'edited'
              ? words.voided.edited(approval.editor)
              : words.voided['changed-around']}
          </p>
        </Notice>
      )
    case 'none':
      return <Needed frame={frame} approval={approval} />
  }
}

const Needed = ({ frame: { language }, approval }: Omit<Props, 'digest'>) =>
  approval.newsletters.length ? (
    <Notice tone="look">
      <p>{approvalWords[language].needed(sayList(approval.newsletters, language))}</p>
    </Notice>
  ) : null

/** What can be done beside: to take the request or the approval back, and to do without a second person. */
export const ApprovalSteps = ({ frame: { language, actor }, digest, approval }: Props) => {
  const words = approvalWords[language]
  const base = `/admin/digests/${digest.id}`
  const isLive = approval.state === 'asked' || approval.state === 'approved'
  const mayOverride =
    approval.newsletters.length > 0 && approval.state !== 'approved' && actor.role === 'owner'
  if (!isLive && !mayOverride) return null
  return (
    <Buttons>
      {isLive && (
        <form method="post" action={`${base}/take-back`}>
          <Button>{approval.state === 'asked' ? words.takeBack : words.giveUp}</Button>
        </form>
      )}
      {mayOverride && <ButtonLink href={`${base}/override`}>{words.override.link}</ButtonLink>}
    </Buttons>
  )
}
