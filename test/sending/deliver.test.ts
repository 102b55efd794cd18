import { expect, test } from 'vitest'
import { addReaders, countRows, draftDigest, openNewsletters, sendNow } from '../support/sending.ts'
import { freshNewsroom, useSink, withSenders } from '../support/sending-story.ts'

const sink = useSink({ keep: 5 })

test('each reader gets one message, written for that reader', async () => {
  const room = await freshNewsroom({ smtpUrl: sink.current.url })
  const [morning] = await openNewsletters(room, 'morning')
  await addReaders(room.raw, 2500, [morning!])
  const digest = await draftDigest(room, [morning!])
  const balance = await withSenders(room, [{}], sender => sendNow(room, digest, sender))
  expect(balance).toMatchObject({ state: 'finished', intended: 2500, sent: 2500 })
  expect(await countRows(room.raw, digest)).toEqual({ sent: 2500 })
  const records = await sink.current.records()
  expect(records).toHaveLength(2500)
  expect(new Set(records.map(record => record.to)).size).toBe(2500)
  expect(new Set(records.map(record => record.messageId)).size).toBe(2500)
  const [message] = await sink.current.messages()
  expect(message).toMatch(/^To: Reader \d+ <reader\d+@/m)
  expect(message).toMatch(/^List-Unsubscribe: <http:\/\/localhost:3000\/unsubscribe\/1\.u\./m)
})
