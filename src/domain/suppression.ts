/** Why an address gets no digest. */
export type SuppressionCause = 'bounced' | 'complained' | 'objected' | 'erased' | 'manual'

/**
 * Those that only an owner lifts, and that keep a confirmation from being sent. `bounced` and `erased` still get one
 * when they sign up, and confirming lifts them.
 */
const blocking: readonly SuppressionCause[] = ['complained', 'objected', 'manual']

/** What confirming lifts, since it proves that mail arrives and is wanted. */
export const liftedByConfirming: readonly SuppressionCause[] = ['bounced', 'erased']

export const blocksConfirmation = (causes: readonly SuppressionCause[]): boolean =>
  causes.some(cause => blocking.includes(cause))
