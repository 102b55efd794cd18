import type { Acting } from '../domain/access-event.ts'
import type { Role } from '../domain/roles.ts'
import { changeRole, deleteEditor, type EditorChange, findEditor, lockOwners } from '../store/editors.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'

type Deps = Pick<Services, 'db' | 'config' | 'wake'>

/** Gives an editor another role, and notes who did. The last owner stays owner. */
export async function giveRole(
  services: Deps,
  id: number,
  role: Role,
  acting: Acting,
): Promise<EditorChange> {
  const change = await services.db.transaction(async tx => {
    await lockOwners(tx)
    const from = (await findEditor(tx, id))?.role
    const outcome = await changeRole(tx, id, role)
    if (outcome.kind !== 'done' || from === undefined || from === role) return outcome
    const { editor } = outcome
    const event = { kind: 'role-changed', address: editor.address, from, to: role } as const
    await noteAccess(tx, services, event, acting, [editor])
    return outcome
  })
  services.wake()
  return change
}

/** Removes an editor, and notes who did; sessions, links and passkeys end with them. The last owner stays. */
export async function removeEditor(services: Deps, id: number, acting: Acting): Promise<EditorChange> {
  const change = await services.db.transaction(async tx => {
    const outcome = await deleteEditor(tx, id)
    if (outcome.kind !== 'done') return outcome
    const { editor } = outcome
    const event = { kind: 'editor-removed', address: editor.address, role: editor.role } as const
    await noteAccess(tx, services, event, acting, [editor])
    return outcome
  })
  services.wake()
  return change
}
