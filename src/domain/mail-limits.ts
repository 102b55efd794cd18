/** At most this many mails that a stranger can cause, per address (M3AAWG, sign-up abuse) and in total. */
export const mailLimits = {
  /** Between two mails to one address. */
  pauseMinutes: 10,
  /** To one address in 24 hours. */
  perDay: 3,
  /** Confirmations in total; beyond it mail waits. */
  perSecond: 20,
} as const

const minute = 60_000
const day = 24 * 60 * minute

/** When the next mail to an address may go, given when the ones of the last 24 hours went; undefined: now. */
export function nextMailAt(former: readonly Date[], now: Date): Date | undefined {
  const times = former.map(date => date.getTime()).filter(time => time > now.getTime() - day)
  if (!times.length) return undefined
  times.sort((a, b) => b - a)
  const paused = times[0]! + mailLimits.pauseMinutes * minute
  const full = times.length >= mailLimits.perDay ? times[mailLimits.perDay - 1]! + day : 0
  const next = Math.max(paused, full)
  return next > now.getTime() ? new Date(next) : undefined
}

/** Requests this close after one that was mailed are the same impatience, or 50 at once: they get no mail of their own. */
export const sameRequestMs = minute
