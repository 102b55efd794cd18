/** Who did something, as a history tells it for ever: the name that they had then. */
export type By =
  | { kind: 'editor'; id: number; name: string }
  | { kind: 'key'; name: string }
  | { kind: 'plan'; name: string }
  | { kind: 'command-line' }
  /** Nobody: a moment came, or a fault. */
  | { kind: 'service' }

export type ActorKind = By['kind']

/** A person, by the name that others know. */
export const byEditor = ({ id, name, address }: { id: number; name: string; address: string }): By => ({
  kind: 'editor',
  id,
  name: name || address,
})

/** The name alone; empty where nobody has one. */
export const byName = (by: By): string => ('name' in by ? by.name : '')
