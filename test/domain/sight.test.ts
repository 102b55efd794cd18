import { expect, test } from 'vitest'
import { listedAddress, listedWords, sees } from '../../src/domain/sight.ts'

const address = 'maria.lopez@reader.example'
const reply = `550 5.1.1 <${address}>: no such user`

test('owners see addresses in lists, editors masked ones, writers none', () => {
  const seen = (['owner', 'editor', 'writer'] as const).map(role => {
    const sight = sees({ role })
    return [listedAddress(sight, address), listedWords(sight, reply)]
  })
  expect(seen).toEqual([
    [address, reply],
    ['m•••@r•••.example', '550 5.1.1 … no such user'],
    [null, '550 5.1.1 … no such user'],
  ])
})
