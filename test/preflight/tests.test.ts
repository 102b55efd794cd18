import { beforeAll, describe, expect, test } from 'vitest'
import { addArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { readPublication, updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
const editor = await signInAs(here, 'editor')
const writer = await signInAs(here, 'writer')
let page: string

beforeAll(async () => {
  const newsletter = (await addNewsletter(db, { slug: 'daily', name: 'Daily' }))!
  await addReaders(here.raw, 3, [newsletter.id])
  const article = await addArticle(db, { title: 'IBM leaves', url: 'https://ledger.example/ibm' })
  const id = await addDigest(db, {
    subject: 'Today',
    preheader: '',
    blocks: [{ type: 'article', articleId: article.id }],
    newsletterIds: [newsletter.id],
  })
  page = `/admin/digests/${id}`
})

const queued = async () => {
  const rows = await here.raw`select recipient, content from notices where kind = 'test' order by id`
  await here.raw`delete from notices`
  return rows as unknown as { recipient: string; content: { subject: string; html: string; text: string } }[]
}

describe('the list of testers', () => {
  const save = (testers: string) => editor.post('/admin/settings/testers', { testers })
  const kept = async () => (await readPublication(db)).testers

  test('is kept, each address once, and comes back to be edited', async () => {
    expect((await save(' ana@example.com \r\n\r\nBo@Example.com\nbo@example.com\n')).status).toBe(303)
    expect(await kept()).toEqual(['ana@example.com', 'bo@example.com'])
    expect(await (await editor.get('/admin/settings/testers')).text()).toContain(
      'ana@example.com\nbo@example.com',
    )
  })

  test('is refused at its field where a line is no address, or where there are over 20', async () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => `a${n}@example.com`).join('\n')
    for (const [typed, fault] of [
      ['ana@example.com\nnobody', '“nobody” is not an e-mail address.'],
      [many(21), 'These are too many: at most 20 addresses.'],
      ['x'.repeat(20_000), 'This is too long'],
    ] as const) {
      const answer = await save(typed)
      const html = await answer.text()
      expect([answer.status, /id="testers-error">([^<]*)/.exec(html)?.[1]]).toEqual([
        422,
        expect.stringContaining(fault),
      ])
      expect(html).toContain(typed.slice(0, 1000))
    }
    expect(await kept()).toEqual(['ana@example.com', 'bo@example.com'])
    expect((await save(many(20))).status).toBe(303)
    expect((await save('')).status).toBe(303)
    expect(await kept()).toEqual([])
  })
})

describe('a test', () => {
  const sendTest = (fields: Record<string, string>) => writer.post(`${page}/test`, fields)

  test('goes to oneself, to the testers, or to one address', async () => {
    await updatePublication(db, { testers: ['ana@example.com', 'bo@example.com'] })
    expect(await (await writer.get(`${page}/send`)).text()).toContain('The 2 testers of the list')
    expect((await sendTest({ who: 'me' })).status).toBe(303)
    const told = (await sendTest({ who: 'testers', to: 'ignored' })).headers.get('location')!
    expect(await (await writer.get(told)).text()).toContain('The tests to 2 testers are on their way.')
    expect((await sendTest({ who: 'other', to: ' cy@example.com' })).status).toBe(303)
    const mails = await queued()
    expect(mails.map(mail => mail.recipient)).toEqual([
      writer.address,
      'ana@example.com',
      'bo@example.com',
      'cy@example.com',
    ])
    expect(mails.map(mail => mail.content.subject)).toEqual(Array(4).fill('[Test] Today'))
  })

  test('to what is no address, or to a list that is empty, is refused at its field', async () => {
    const wrong = await sendTest({ who: 'other', to: 'cy@' })
    expect([wrong.status, await wrong.text()]).toEqual([
      422,
      expect.stringMatching(/value="cy@"[^>]*>[\s\S]*id="to-error"/),
    ])
    await updatePublication(db, { testers: [] })
    const nobody = await sendTest({ who: 'testers' })
    expect([nobody.status, await nobody.text()]).toEqual([422, expect.stringContaining('id="who-error"')])
    expect(await queued()).toEqual([])
  })

  test('has links that open pages and change nothing', async () => {
    await sendTest({ who: 'me' })
    const [mail] = await queued()
    const links = [
      ...mail!.content.html.matchAll(/href="http:\/\/localhost:3000(\/(?:unsubscribe|preferences)\/[^"]*)"/g),
    ]
    expect(links).toHaveLength(2)
    const before = await here.raw`select * from subscriptions order by subscriber_id`
    for (const [, path] of links) {
      const shown = await here.request(path!)
      expect([path, shown.status]).toEqual([path, 200])
      expect(shown.headers.get('x-robots-tag')).toBe('noindex')
      expect(await shown.text()).toContain('This is the link of a test')
      const pressed = await here.request(path!, { method: 'POST', body: 'List-Unsubscribe=One-Click' })
      expect([pressed.status, await pressed.text()]).toEqual([
        200,
        expect.stringContaining('Nothing was changed'),
      ])
    }
    expect(await here.raw`select * from subscriptions order by subscriber_id`).toEqual(before)
    expect((await here.request('/unsubscribe/test?newsletter=%00')).status).toBe(200)
  })
})
