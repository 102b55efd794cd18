import type { Audience } from '../domain/audience.ts'
import type { By } from '../domain/by.ts'
import type { Queryable } from '../store/client.ts'
import { noteDigestEvent } from '../store/digest-events.ts'
import { addDigest } from '../store/digest-texts.ts'
import type { DigestText } from '../store/digest-versions.ts'

/** Begins a digest with this text; whoever begins one is who edited it last. Answers its id. */
export const beginDigest = (
  db: Queryable,
  text: DigestText & { audience?: Audience },
  by: By,
): Promise<number> =>
  db.transaction(async tx => {
    const id = await addDigest(tx, { ...text, ...(by.kind === 'editor' && { editedBy: by.id }) })
    await noteDigestEvent(tx, id, { kind: 'made' }, by)
    return id
  })
