import type { Config } from '../config.ts'
import type { PauseReason } from '../domain/dispatch.ts'
import { withoutAddresses } from '../domain/smtp-reply.ts'
import type { Queryable } from '../store/client.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { pauseDispatch } from '../store/dispatches.ts'
import { listEditors } from '../store/editors.ts'
import { queueNotice } from '../store/notices.ts'
import { readPublication } from '../store/publication.ts'

/**
 * Pauses a dispatch for a fault that no reader has made, or a moment that passed, and tells those who may send. Nothing
 * happens where it is paused already. A server's words are kept without addresses: they outlive the readers. Call within a
 * transaction, and `services.wake()` after it.
 */
export async function pauseForFault(
  config: Pick<Config, 'transport'>,
  tx: Queryable,
  dispatchId: number,
  reason: PauseReason,
  { reply, ...evidence }: Record<string, unknown> = {},
): Promise<{ kind: 'paused'; reason: PauseReason }> {
  const words = typeof reply === 'string' && { reply: withoutAddresses(reply) }
  const paused = await pauseDispatch(tx, dispatchId, reason, { ...words, ...evidence })
  if (paused) {
    await noteDigestEvent(tx, paused.digestId, { kind: 'paused', reason }, { kind: 'service' })
    await tellEditors(config, tx, dispatchId)
  }
  return { kind: 'paused', reason }
}

async function tellEditors(config: Pick<Config, 'transport'>, tx: Queryable, dispatchId: number) {
  const { language } = await readPublication(tx)
  for (const editor of await listEditors(tx))
    if (editor.role !== 'writer')
      await queueNotice(tx, {
        kind: 'report',
        content: { dispatchId, event: 'paused' },
        recipient: editor.address,
        language: editor.language ?? language,
        transport: config.transport.kind,
      })
}
