/**
 * The least time that work took of several tries, in milliseconds. A busy machine only ever adds to it, so that a bound
 * may be close.
 */
export async function quickest(work: () => unknown, tries = 5): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let left = tries; left > 0; left--) {
    const begun = performance.now()
    await work()
    least = Math.min(least, performance.now() - begun)
  }
  return least
}
