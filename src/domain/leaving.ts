import type { Token } from './tokens.ts'

type UnsubscribeToken = Extract<Token, { purpose: 'unsubscribe' }>
type PreferencesToken = Extract<Token, { purpose: 'manage' | 'preferences' }>

/** Which link a reader left by: what it ended, the same link can bring back. Kept with the consent event. */
export type LeavingLink = { subscriberId: number; origin: string; dispatchId: number | null }

export function leavingLink(token: UnsubscribeToken | PreferencesToken): LeavingLink {
  switch (token.purpose) {
    case 'unsubscribe':
      return {
        subscriberId: token.subscriber,
        origin: `/unsubscribe/${token.newsletters.join('-')}`,
        dispatchId: token.dispatch ?? null,
      }
    case 'manage':
      return { subscriberId: token.subscriber, origin: '/preferences', dispatchId: token.dispatch ?? null }
    case 'preferences':
      return { subscriberId: token.subscriber, origin: '/preferences', dispatchId: null }
  }
}
