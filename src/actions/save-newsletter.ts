import type { Acting } from '../domain/access-event.ts'
import { senderChanges } from '../domain/sender.ts'
import {
  addNewsletter,
  holdNewsletter,
  type NewNewsletter,
  type Newsletter,
  updateNewsletter,
} from '../store/newsletters.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'
import { expectFromNow } from './watch-newsletters.ts'

/** What says when an edition is to have gone out. */
const rhythm = ['cadence', 'expectedAt', 'expectedDay', 'timeZone'] as const

type Deps = Pick<Services, 'db' | 'config' | 'wake'>

/** Adds a newsletter; a sender of its own is noted. Undefined where the slug is taken. */
export async function createNewsletter(
  services: Deps,
  values: NewNewsletter,
  acting: Acting,
): Promise<Newsletter | undefined> {
  const made = await services.db.transaction(async tx => {
    const newsletter = await addNewsletter(tx, values)
    if (newsletter) await expectFromNow(tx, newsletter)
    const changes = newsletter ? senderChanges({}, newsletter) : []
    if (newsletter && changes.length)
      await noteAccess(tx, services, { kind: 'sender-changed', newsletter: newsletter.name, changes }, acting)
    return newsletter
  })
  services.wake()
  return made
}

/** Changes a newsletter; a change of its sender is noted. Undefined where it is gone. */
export async function saveNewsletter(
  services: Deps,
  id: number,
  change: Partial<NewNewsletter>,
  acting: Acting,
): Promise<Newsletter | undefined> {
  const saved = await services.db.transaction(async tx => {
    const before = await holdNewsletter(tx, id)
    const newsletter = before && (await updateNewsletter(tx, id, change))
    if (newsletter && rhythm.some(name => newsletter[name] !== before[name]))
      await expectFromNow(tx, newsletter)
    const changes = newsletter ? senderChanges(before, newsletter) : []
    if (newsletter && changes.length)
      await noteAccess(tx, services, { kind: 'sender-changed', newsletter: newsletter.name, changes }, acting)
    return newsletter
  })
  services.wake()
  return saved
}
