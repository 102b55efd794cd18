import { expect, test } from 'vitest'
import { saveDigestInput } from '../../src/actions/save-digest.ts'
import { addArticle, updateArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { removeNewsletter, updateNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { addReaders, ended, openNewsletters, readBalance, startNow } from '../support/sending.ts'
import { freshNewsroom, useSink, withSenders } from '../support/sending-story.ts'
import { until } from '../support/until.ts'

const sink = useSink({ takes: 10, keep: 200 })

/** A message without what differs between readers. */
const impersonal = (message: string) =>
  message
    .replace(/reader\d+@\w+\.example/g, 'reader')
    .replace(/Reader \d+/g, 'Reader')
    .replace(/<d\d+\.\d+\./, '<d')
    .replace(/^X-Broadsheet-Delivery: .*$/m, '')
    .replace(/\/(unsubscribe|preferences)\/[\w.=-]+/g, '/$1/')

test('what goes out is what was rendered at the start, whatever is changed or removed meanwhile', async () => {
  const room = await freshNewsroom({ smtpUrl: sink.current.url, config: { smtpConnections: 2 } })
  const { db } = room.services
  const [first, second] = await openNewsletters(room, 'first', 'second')
  await addReaders(room.raw, 100, [first!])
  await addReaders(room.raw, 60, [second!], { from: 101 })
  const { id: articleId } = await addArticle(db, { title: 'An old title', url: 'https://news.example/a' })
  const blocks = [{ type: 'article' as const, articleId }]
  const newsletterIds = [first!, second!]
  const digest = await addDigest(db, { subject: 'An old subject', preheader: 'x', blocks, newsletterIds })
  await startNow(room, digest)
  await withSenders(room, [{}], () =>
    until('some messages', async () => (await readBalance(room, digest)).sent > 20),
  )
  const before = await readBalance(room, digest)
  expect(before.pending).toBeGreaterThan(50)

  expect(await saveDigestInput(room.services, digest, { subject: 'A changed subject' })).toEqual({
    kind: 'started',
  })
  await updateArticle(db, articleId, { title: 'A changed title' })
  await updatePublication(db, {
    name: 'Changed',
    senderAddress: 'changed@bulletin.example',
    accent: '#aa0000',
  })
  await updateNewsletter(db, first!, { name: 'Changed', slug: 'changed', language: 'de' })
  await room.raw`update digests set subject = 'A changed subject', blocks = '[]' where id = ${digest}`
  await removeNewsletter(db, second!)
  const gone = await room.raw`select from deliveries where state = 'pending' and newsletter_id = ${second!}`

  expect(gone.length).toBeGreaterThan(0)

  const after = await withSenders(room, [{}], () => ended(room, digest))
  expect(after).toMatchObject({ state: 'finished', sent: 160 - gone.length, suppressed: gone.length })
  const messages = (await sink.current.messages()).filter(message => message.includes('The first brief'))
  expect(messages).toHaveLength(100)
  expect(messages[0]).toContain('An old title')
  expect(new Set(messages.map(impersonal)).size).toBe(1)
})
