import { readdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as tick } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { thisProcess } from '../../src/store/embedded/running-process.ts'
import { inTurn } from '../../src/store/embedded/turn.ts'
import { privateFolder } from '../support/folder.ts'

test('work on one folder never overlaps, and all of it is done', async () => {
  const folder = privateFolder()
  let atWork = 0
  let done = 0
  const work = async () => {
    atWork += 1
    expect(atWork).toBe(1)
    await tick()
    atWork -= 1
    done += 1
  }
  await Promise.all(Array.from({ length: 20 }, () => inTurn(folder, work)))
  expect(done).toBe(20)
  expect(readdirSync(folder)).toHaveLength(1)
})

test('work that fails passes the turn on', async () => {
  const folder = privateFolder()
  const failing = inTurn(folder, () => Promise.reject(new Error('no')))
  await expect(failing).rejects.toThrow('no')
  expect(await inTurn(folder, async () => 'next')).toBe('next')
})

test('the turn of a process that is gone, or of an earlier boot, is taken over; a living one is waited for', async () => {
  const [pid, start, boot] = thisProcess().split('.')
  for (const gone of [`${pid}.1.${boot}`, `${pid}.${start}.earlier`, `999999999.${start}.${boot}`]) {
    const folder = privateFolder()
    symlinkSync(gone, join(folder, '7'))
    expect(await inTurn(folder, async () => 'mine')).toBe('mine')
  }

  const folder = privateFolder()
  const order: string[] = []
  let finish = () => {}
  const first = inTurn(folder, () =>
    new Promise<void>(resolve => (finish = resolve)).then(() => order.push('first')),
  )
  const second = inTurn(folder, async () => order.push('second'))
  for (let i = 0; i < 5; i += 1) await tick()
  expect(order).toEqual([])
  finish()
  await Promise.all([first, second])
  expect(order).toEqual(['first', 'second'])
})
