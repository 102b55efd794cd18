import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { type Loop, startLoop } from '../../src/domain/loop.ts'

let loop: Loop
beforeEach(() => void vi.useFakeTimers())
afterEach(async () => {
  await loop.stop()
  vi.useRealTimers()
})

const nobody = () => {
  throw new Error('nothing was to fail')
}

test('it runs at once, and again after the pause that it asked for', async () => {
  const pauses = [100, 0, 1000]
  const work = vi.fn(async () => pauses.shift() ?? 60_000)
  loop = startLoop(work, nobody)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(99)
  expect(work).toHaveBeenCalledTimes(1)
  await vi.advanceTimersByTimeAsync(2)
  expect(work).toHaveBeenCalledTimes(3)
  await vi.advanceTimersByTimeAsync(1000)
  expect(work).toHaveBeenCalledTimes(4)
})

test('woken, it runs at once; woken while it runs, once more after that', async () => {
  let end = () => {}
  const work = vi.fn(
    () =>
      new Promise<number>(resolve => {
        end = () => resolve(60_000)
      }),
  )
  loop = startLoop(work, nobody)
  end()
  await vi.advanceTimersByTimeAsync(0)
  loop.wake()
  await vi.advanceTimersByTimeAsync(0)
  expect(work).toHaveBeenCalledTimes(2)
  for (let times = 0; times < 5; times++) loop.wake()
  expect(work).toHaveBeenCalledTimes(2)
  end()
  await vi.advanceTimersByTimeAsync(0)
  expect(work).toHaveBeenCalledTimes(3)
  end()
  await vi.advanceTimersByTimeAsync(1000)
  expect(work).toHaveBeenCalledTimes(3)
  end()
})

test('what fails is tried again after growing pauses, whoever wakes it, and told how often it has failed', async () => {
  let away = true
  const work = vi.fn(async () => {
    if (away) throw new Error('away')
    return 60_000
  })
  const failed = vi.fn()
  loop = startLoop(work, failed)
  const begun = Date.now()
  const times: number[] = []
  failed.mockImplementation(() => times.push(Date.now() - begun))
  for (let step = 0; step < 100; step++) {
    loop.wake()
    await vi.advanceTimersByTimeAsync(100)
  }
  expect(times).toEqual([0, 500, 1500, 3500, 5500, 7500, 9500])
  expect(failed.mock.calls.map(([error, failures]) => [error.message, failures])).toEqual(
    times.map((_, index) => ['away', index + 1]),
  )
  away = false
  await vi.advanceTimersByTimeAsync(2000)
  expect(failed).toHaveBeenCalledTimes(7)
  away = true
  loop.wake()
  await vi.advanceTimersByTimeAsync(500)
  expect(failed.mock.calls.slice(7).map(([, failures]) => failures)).toEqual([1, 2])
})

test('told to stop, it says so to what runs, waits for it, and runs no more', async () => {
  let heard = false
  const work = vi.fn(async (signal: AbortSignal) => {
    await new Promise(resolve => setTimeout(resolve, 300))
    heard = signal.aborted
    return 0
  })
  loop = startLoop(work, nobody)
  let ended = false
  const stopped = loop.stop().then(() => {
    ended = true
  })
  await vi.advanceTimersByTimeAsync(299)
  expect(ended).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await stopped
  expect(heard).toBe(true)
  loop.wake()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(work).toHaveBeenCalledTimes(1)
})

test('told to stop while it rests, also after a failure, it ends at once', async () => {
  for (const work of [async () => 60_000, () => Promise.reject(new Error('away'))]) {
    loop = startLoop(work, () => {})
    await vi.advanceTimersByTimeAsync(10)
    await loop.stop()
  }
  expect(vi.getTimerCount()).toBe(0)
})
