import { expect, test } from 'vitest'
import { Pace } from '../../src/actions/deliver/pace.ts'
import { reserve } from '../../src/store/send-rate.ts'
import { freshNewsroom } from '../support/sending-story.ts'

test('a notice waits its turn for a moment, however many consumers with few connections share the rate', async () => {
  const { services } = await freshNewsroom({ smtpUrl: 'smtp://127.0.0.1' })
  const limit = { scope: 'mail', perSecond: 1000 }
  const ended = new AbortController()
  const consumers = Array.from({ length: 50 }, () => new Pace(services.db, limit, 4))
  const turns = consumers.map(pace => pace.take(ended.signal))
  // By then the others have reserved theirs too.
  await turns[12]
  expect(await reserve(services.db, { ...limit, count: 1 })).toBeLessThan(1000)
  ended.abort()
  await Promise.all(turns)
})
