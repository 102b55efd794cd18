import type { By } from '../domain/by.ts'
import type { ApprovalEvent } from '../domain/notices.ts'
import type { Approval } from '../store/approvals.ts'
import type { Queryable } from '../store/client.ts'
import { findDigest } from '../store/digests.ts'
import { type Editor, listEditors } from '../store/editors.ts'
import { queueNotice } from '../store/notices.ts'
import { readPublication } from '../store/publication.ts'
import type { Services } from './services.ts'

type News = {
  event: ApprovalEvent
  /** The name of who did it; empty for nobody. */
  by: string
  comment?: string
  /** Who knows, since they did it. */
  except: By
}

/**
 * Mails those whom an approval concerns: what is asked for, everybody who may approve of it; what became of it, who asked,
 * who edited and who decided; that an owner did without, all who may send. Never who did it.
 */
export async function tellAboutApproval(
  tx: Queryable,
  config: Pick<Services['config'], 'transport'>,
  approval: Approval,
  { event, by, comment = '', except }: News,
): Promise<void> {
  const digest = await findDigest(tx, approval.digestId)
  if (!digest) return
  const { language } = await readPublication(tx)
  const isConcerned = ({ id, role }: Editor): boolean => {
    if (except.kind === 'editor' && except.id === id) return false
    if (event === 'overridden') return role !== 'writer'
    if (event === 'asked') return role !== 'writer' && id !== digest.editedBy
    return [approval.askedBy, approval.decidedBy, digest.editedBy].includes(id)
  }
  for (const editor of (await listEditors(tx)).filter(isConcerned))
    await queueNotice(tx, {
      kind: 'approval',
      content: { approvalId: approval.id, event, by, comment },
      recipient: editor.address,
      language: editor.language ?? language,
      transport: config.transport.kind,
    })
}
