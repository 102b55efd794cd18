/** What an editor, or a key of the API, may do: a writer writes, an editor also sends, an owner also rules the house. */
export const roles = ['owner', 'editor', 'writer'] as const
export type Role = (typeof roles)[number]

/** Whether `role` includes all that `needed` may do. */
export const mayAct = (role: Role, needed: Role): boolean => roles.indexOf(role) <= roles.indexOf(needed)
