import { expect, test } from 'vitest'
import { outcomeOf } from '../../src/domain/notice-outcome.ts'

const refused = (by: 'session' | 'message', reply: string) => ({ kind: 'refused' as const, by, reply })
const pauses = (attempt: Parameters<typeof outcomeOf>[0], count: number) =>
  Array.from({ length: count }, (_, index) => {
    const outcome = outcomeOf(attempt, index + 1, 0.5)
    return outcome.kind === 'again' ? outcome.pause / 1000 : outcome.kind
  })

test('a reader waits, so the second attempt comes within seconds; then the pauses grow', () => {
  expect(pauses(refused('message', '451 4.7.1 greylisted'), 9)).toEqual([
    3, 10, 30, 120, 300, 900, 3600, 14400, 14400,
  ])
  expect(pauses({ kind: 'unreachable', reply: 'ECONNREFUSED' }, 7)).toEqual([3, 10, 30, 60, 120, 120, 120])
})

test('jitter moves a pause by up to a quarter either way', () => {
  const at = (jitter: number) => outcomeOf(refused('message', '450 later'), 2, jitter)
  expect(at(0)).toMatchObject({ pause: 7500 })
  expect(at(1)).toMatchObject({ pause: 12_500 })
})

test('the enhanced code beats the basic one', () => {
  expect(outcomeOf(refused('message', '550 4.2.1 later, they say'), 1, 0.5).kind).toBe('again')
  expect(outcomeOf(refused('message', '450 5.1.1 nobody'), 1, 0.5).kind).toBe('failed')
})

test.for(['550 5.7.1 policy', '550 5.7.515 sender too new', '550 5.4.5 daily limit'])(
  '"%s" is ours, not the reader’s: it waits longer from the start',
  reply => {
    expect(outcomeOf(refused('message', reply), 1, 0.5)).toEqual({
      kind: 'again',
      pause: 120_000,
      holdOff: 0,
    })
  },
)

test('what is the server’s holds off the others too, what is one message’s does not', () => {
  const holdOff = (attempt: Parameters<typeof outcomeOf>[0]) =>
    outcomeOf(attempt, 1, 0.5) as { holdOff: number }
  expect(holdOff({ kind: 'unreachable', reply: 'x' }).holdOff).toBe(3000)
  expect(holdOff(refused('message', '421 4.3.2 closing')).holdOff).toBe(3000)
  expect(holdOff(refused('session', '535 5.7.8 wrong password')).holdOff).toBe(120_000)
  expect(holdOff(refused('message', '452 4.2.2 full')).holdOff).toBe(0)
})
