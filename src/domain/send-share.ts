/**
 * Notices have a part of SEND_RATE of their own, so that none waits behind a dispatch: a tenth, but up to one a
 * second where half of the rate allows it. Messages a second.
 */
export const noticeShare = (sendRate: number): number => Math.max(sendRate / 10, Math.min(sendRate / 2, 1))

/** What is left of SEND_RATE for dispatches. */
export const dispatchShare = (sendRate: number): number => sendRate - noticeShare(sendRate)
