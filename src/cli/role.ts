import { type Role, roles } from '../domain/roles.ts'
import { Refusal } from './command.ts'

/** The role that was typed; refuses any other word. */
export function roleOf(text: string): Role {
  const role = roles.find(one => one === text)
  if (!role) throw new Refusal(`--role is one of ${roles.join(', ')}`)
  return role
}
