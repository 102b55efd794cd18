type Lanes<T> = {
  /** How many jobs run at once, and how many of one kind. */
  atOnce: number
  perKind: number
  kindOf: (item: T) => string
  /** From then on nothing is begun, and nothing is waited for. */
  until: AbortSignal
}

/** Does a job for each item, so many at once. Answers in the items' order; undefined for what was not done in time. */
export async function inLanes<T, R>(
  items: readonly T[],
  job: (item: T) => Promise<R>,
  { atOnce, perKind, kindOf, until }: Lanes<T>,
): Promise<(R | undefined)[]> {
  const results: (R | undefined)[] = items.map(() => undefined)
  const waiting = items.map((item, index) => ({ item, index }))
  const running = new Map<string, number>()
  const next = () => {
    const place = waiting.findIndex(({ item }) => (running.get(kindOf(item)) ?? 0) < perKind)
    return until.aborted || place < 0 ? undefined : waiting.splice(place, 1)[0]
  }
  // A lane that finds nothing may end: what waits then is of kinds whose own lanes go on.
  const lane = async () => {
    for (let one = next(); one; one = next()) {
      const kind = kindOf(one.item)
      running.set(kind, (running.get(kind) ?? 0) + 1)
      const result = await job(one.item)
      running.set(kind, running.get(kind)! - 1)
      if (!until.aborted) results[one.index] = result
    }
  }
  const ended = new Promise<void>(resolve => {
    if (until.aborted) resolve()
    else until.addEventListener('abort', () => resolve(), { once: true })
  })
  await Promise.race([Promise.all(Array.from({ length: atOnce }, lane)), ended])
  return results
}
