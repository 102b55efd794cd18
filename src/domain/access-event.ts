import type { By } from './by.ts'
import type { Role } from './roles.ts'
import type { SenderChange } from './sender.ts'

/**
 * What the log of access keeps for ever. Readers are in it by number or masked only, since whoever asks to be erased
 * can't be taken out of it again.
 */
export type AccessEvent =
  /** The first owner came in by the printed link. */
  | { kind: 'first-owner'; address: string }
  | { kind: 'editor-invited'; address: string; role: Role }
  | { kind: 'role-changed'; address: string; from: Role; to: Role }
  | { kind: 'editor-removed'; address: string; role: Role }
  /** On the command line: whoever has it signs in as that editor. */
  | { kind: 'link-printed'; address: string }
  | { kind: 'passkey-added'; name: string }
  | { kind: 'passkey-removed'; name: string }
  | { kind: 'key-made'; name: string; role: Role }
  | { kind: 'key-revoked'; name: string; role: Role }
  /** The publication's sender, or that of the newsletter that is named. */
  | { kind: 'sender-changed'; newsletter?: string; changes: SenderChange[] }
  /** All readers, or the active ones of the newsletter that is named. */
  | { kind: 'readers-exported'; newsletter?: string }
  | { kind: 'reader-exported'; reader: number }
  /** Readers whom a digest did not reach. */
  | { kind: 'failures-exported'; digest: number }
  | { kind: 'reader-erased'; reader: number }
  /** Of one address, masked, or of many: those of a domain where one was sought. */
  | { kind: 'suppressions-lifted'; count: number; address?: string; domain?: string }

export type AccessKind = AccessEvent['kind']

export const accessKinds = [
  'first-owner',
  'editor-invited',
  'role-changed',
  'editor-removed',
  'link-printed',
  'passkey-added',
  'passkey-removed',
  'key-made',
  'key-revoked',
  'sender-changed',
  'readers-exported',
  'reader-exported',
  'failures-exported',
  'reader-erased',
  'suppressions-lifted',
] as const satisfies readonly AccessKind[]

/** Who acts, and from where: an IPv4 /24 or IPv6 /48, empty for this machine. */
export type Acting = { by: By; network: string }

/** Whoever can start commands here. */
export const atTheCommandLine: Acting = { by: { kind: 'command-line' }, network: '' }

/** Work that is done reader by reader: one mail an hour says that it goes on, the log has each. */
export const oftenRepeated: ReadonlySet<AccessKind> = new Set([
  'reader-exported',
  'reader-erased',
  'suppressions-lifted',
])
