import type { Config } from '../config.ts'
import type { NoticeContent } from '../domain/notices.ts'
import { mayAct } from '../domain/roles.ts'
import type { Queryable } from '../store/client.ts'
import { listEditors } from '../store/editors.ts'
import { queueNotice } from '../store/notices.ts'
import { readPublication } from '../store/publication.ts'

/** Mails everybody who may send, each in their language. Call within a transaction, and `services.wake()` after it. */
export async function tellEditors(
  config: Pick<Config, 'transport'>,
  tx: Queryable,
  notice: NoticeContent,
): Promise<void> {
  const { language } = await readPublication(tx)
  for (const editor of await listEditors(tx))
    if (mayAct(editor.role, 'editor'))
      await queueNotice(tx, {
        ...notice,
        recipient: editor.address,
        language: editor.language ?? language,
        transport: config.transport.kind,
      })
}
