let ends: (() => unknown)[] = []

/** Ends this after the test file that runs now, wherever in it it was made: `afterAll` does nothing within a test. */
export const atEnd = (end: () => unknown) => void ends.push(end)

export async function endAll(): Promise<void> {
  const all = ends
  ends = []
  await Promise.all(all.map(end => end()))
}
