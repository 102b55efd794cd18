import { describe, expect, test } from 'vitest'
import { addArticle } from '../../src/store/articles.ts'
import { findDigest } from '../../src/store/digests.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

// No picture is to be had.
const here = await openTestApp({ fetcher: async () => ({ kind: 'timeout' }) })
const { db } = here.services
await addNewsletter(db, { slug: 'morning-brief', name: 'Morning Brief' })
await addNewsletter(db, { slug: 'leadership', name: 'Leadership' })
const ibm = await addArticle(db, {
  title: 'IBM leaves facial recognition',
  url: 'https://example.com/ibm',
  standfirst: 'A letter to Congress.',
})
const paper = await addArticle(db, {
  title: 'Cutting cloud waste',
  url: 'https://example.com/paper',
  kind: 'partner',
  sponsor: 'Northwind Ltd',
})
const editor = await signInAs(here, 'editor')
const writer = await signInAs(here, 'writer')

async function begin(): Promise<string> {
  const answer = await editor.post('/admin/digests')
  expect(answer.status).toBe(303)
  return answer.headers.get('location')!
}

const digestAt = async (path: string) => (await findDigest(db, Number(path.split('/').at(-1))))!

/** The form as a browser would send it back: every field of the page's form, with changes. */
async function send(path: string, change: Record<string, string | string[]>, by = editor) {
  const digest = await digestAt(path)
  const blocks = digest.blocks.map((block, at) =>
    Object.entries(block).map(([name, value]) => [
      `${at}.${name}`,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  )
  const fields = {
    revision: String(digest.revision),
    subject: digest.subject,
    preheader: digest.preheader,
    newsletters: digest.newsletters.map(one => one.slug),
    block: digest.blocks.map((_, at) => String(at)),
    ...Object.fromEntries(blocks.flat()),
  }
  return by.post(path, { ...fields, act: 'save', ...change })
}

describe('composing by forms', () => {
  test('stories, headings and order are kept, and the preview shows them', async () => {
    const path = await begin()
    await send(path, {
      subject: 'Good morning',
      preheader: 'Five stories',
      newsletters: ['leadership', 'morning-brief'],
    })
    await send(path, { act: `add-story ${ibm.id}` })
    await send(path, { act: `add-story ${paper.id}` })
    expect((await digestAt(path)).blocks).toEqual([
      { type: 'article', articleId: ibm.id },
      { type: 'partner', articleId: paper.id, sponsor: 'Northwind Ltd' },
    ])
    const moved = await send(path, { act: 'up 1' })
    expect(moved.headers.get('location')).toBe(`${path}#block-0`)
    await send(path, { act: 'newsletter-up morning-brief' })
    const digest = await digestAt(path)
    expect(digest).toMatchObject({ subject: 'Good morning', preheader: 'Five stories' })
    expect(digest.blocks.map(block => block.type)).toEqual(['partner', 'article'])
    expect(digest.newsletters.map(one => one.slug)).toEqual(['morning-brief', 'leadership'])
    const preview = await editor.get(`${path}/preview?format=html`)
    expect(preview.headers.get('content-security-policy')).toMatch(/^sandbox/)
    expect(await preview.text()).toContain('IBM leaves facial recognition')
    expect(await (await editor.get(`${path}/preview?format=text`)).text()).toContain(
      'Advertisement · Northwind Ltd',
    )
  })

  test('a block that is added comes back to be filled, and once it is filled it is saved', async () => {
    const path = await begin()
    const page = await (await send(path, { act: 'add heading' })).text()
    expect(page).toContain('name="0.text"')
    expect(page).not.toContain('class="error"')
    const saved = await send(path, { block: ['0'], '0.type': 'heading', '0.text': 'Leadership' })
    expect(saved.status).toBe(303)
    expect((await digestAt(path)).blocks).toEqual([{ type: 'heading', text: 'Leadership' }])
  })

  test('what is wrong is said at its field, and everything typed comes back', async () => {
    const path = await begin()
    const answer = await send(path, {
      subject: 'Subject\r\nBcc: all@example.com',
      block: ['0'],
      '0.type': 'button',
      '0.text': 'Read <b>',
      '0.url': 'javascript:alert(1)',
    })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(page).toContain('Bcc: all@example.com')
    expect(page).toContain('One line of at most 250 characters.')
    expect(page).toContain('value="javascript:alert(1)"')
    expect(page).toContain('This must be an address that starts with https:// or http://.')
    expect(page).toContain('Read &lt;b&gt;')
    expect(await digestAt(path)).toMatchObject({ subject: '', blocks: [], revision: 1 })
  })

  test('links are taken a line each, and each that can’t be read has an error of its own', async () => {
    const path = await begin()
    const answer = await send(path, {
      act: 'import',
      links: ' not a link \r\n\r\nhttps://example.com/slow https://example.com/ibm\r\n',
    })
    expect(answer.status).toBe(422)
    const page = await answer.text()
    expect(/<textarea id="links"[^>]*>([^<]*)</.exec(page)![1]!.trim().split('\n')).toEqual([
      'not a link',
      'https://example.com/slow',
    ])
    const errors = /id="links-error">(.*?)<\/ul>/s.exec(page)![1]!
    expect([...errors.matchAll(/<li class="error">([^<]+)</g)].map(match => match[1])).toEqual([
      expect.stringMatching(/^not a link: ./),
      expect.stringMatching(/^https:\/\/example\.com\/slow: ./),
    ])
    expect((await digestAt(path)).blocks).toEqual([{ type: 'article', articleId: ibm.id }])
  })

  test('more links than can be read at once wait in the field, and are no error', async () => {
    const path = await begin()
    const waiting = 'https://example.com/later'
    const known = Array.from({ length: 50 }, (_, at) => `https://example.com/ibm#${at}`)
    const page = await (await send(path, { act: 'import', links: [...known, waiting].join('\n') })).text()
    expect(/<textarea id="links"[^>]*>([^<]*)</.exec(page)![1]!.trim()).toBe(waiting)
    expect(page).not.toContain('links-error')
    expect((await digestAt(path)).blocks).toEqual([{ type: 'article', articleId: ibm.id }])
  })

  test('who saves an older page is told, loses nothing, and can save again', async () => {
    const path = await begin()
    await send(path, { subject: 'Theirs' }, writer)
    const answer = await send(path, { revision: '1', subject: 'Mine' })
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page.replace(/<[^>]+>/g, '')).toContain('writer saved this digest while you were writing.')
    expect(page).toContain('value="Mine"')
    expect(/id="saved"[^>]*>([^<]*)</.exec(page)![1]).toBe('Not saved yet')
    expect((await digestAt(path)).subject).toBe('Theirs')
    const revision = /name="revision" value="(\d+)"/.exec(page)![1]!
    expect((await send(path, { revision, subject: 'Mine' })).status).toBe(303)
    expect((await digestAt(path)).subject).toBe('Mine')
  })

  test('who saves an older page of a digest of their own is told of their other window', async () => {
    const path = await begin()
    await send(path, { subject: 'There' })
    const answer = await send(path, { revision: '1', subject: 'Here' })
    expect(answer.status).toBe(409)
    const page = await answer.text()
    expect(page).toContain('You saved this digest in another window of yours')
    expect(page).not.toContain('editor saved this digest')
    expect(page).not.toContain('theirs')
    expect(page).toContain('value="Here"')
  })

  test('the next edition starts from the last', async () => {
    const path = await begin()
    await send(path, { subject: 'The last one', newsletters: 'leadership' })
    await send(path, { act: `add-story ${ibm.id}` })
    await editor.post(`${path}/send`)
    const next = (await editor.post('/admin/digests/from-last')).headers.get('location')!
    expect(next).not.toBe(path)
    expect(await digestAt(next)).toMatchObject({
      subject: 'The last one',
      state: 'draft',
      blocks: [{ type: 'article', articleId: ibm.id }],
    })
  })
})

describe('sending', () => {
  async function ready(): Promise<string> {
    const path = await begin()
    await send(path, { subject: 'Ready', newsletters: 'morning-brief' })
    await send(path, { act: `add-story ${ibm.id}` })
    return path
  }

  test('the last page says what is wrong, and nothing can be sent until it is mended', async () => {
    const path = await begin()
    const page = await (await editor.get(`${path}/send`)).text()
    for (const fault of ['It goes to no newsletter yet.', 'It has no subject.', 'It has no story.'])
      expect(page).toContain(fault)
    expect(page).not.toContain('Send to')
    expect((await editor.post(`${path}/send`)).status).toBe(409)
    expect((await digestAt(path)).state).toBe('draft')
  })

  test('two clicks at once dispatch once', async () => {
    const path = await ready()
    const answers = await Promise.all([editor.post(`${path}/send`), editor.post(`${path}/send`)])
    expect(answers.map(answer => answer.status)).toEqual([303, 303])
    const [row] =
      await here.raw`select count(*)::int as dispatches from dispatches where digest_id = ${(await digestAt(path)).id}`
    expect(row!.dispatches).toBe(1)
  })

  test('a time in the publication’s zone, taken back again', async () => {
    const path = await ready()
    expect((await editor.post(`${path}/schedule`, { at: 'tomorrow' })).status).toBe(422)
    expect(await (await editor.post(`${path}/schedule`, { at: '2020-01-01T06:30' })).text()).toContain(
      'This time is past.',
    )
    const year = new Date().getFullYear() + 1
    expect((await editor.post(`${path}/schedule`, { at: `${year}-07-01T06:30` })).status).toBe(303)
    expect(await digestAt(path)).toMatchObject({
      state: 'scheduled',
      dueAt: new Date(`${year}-07-01T06:30:00Z`),
    })
    expect((await editor.post(`${path}/cancel`)).status).toBe(303)
    expect((await digestAt(path)).state).toBe('draft')
  })

  test('breaking news goes ahead, at once or at its time, and each page says so', async () => {
    const [now, later, ordinary] = [await ready(), await ready(), await ready()]
    const year = new Date().getFullYear() + 1
    const past = await editor.post(`${later}/schedule`, { at: '2020-01-01T06:30', breaking: 'on' })
    expect(await past.text()).toMatch(/<input type="checkbox" id="breaking"[^>]* checked/)
    await editor.post(`${now}/send`, { breaking: 'on' })
    await editor.post(`${later}/schedule`, { at: `${year}-07-01T06:30`, breaking: 'on' })
    await editor.post(`${ordinary}/send`)
    const breaking = async (path: string) => (await digestAt(path)).breaking
    expect(await Promise.all([now, later, ordinary].map(breaking))).toEqual([true, true, false])
    const word = 'tone-plain">Breaking<'
    const shows = async (path: string) => (await (await editor.get(path)).text()).includes(word)
    expect(await shows(now)).toBe(true)
    expect(await shows(`${later}/send`)).toBe(true)
    expect(await shows(ordinary)).toBe(false)
    const list = await (await editor.get('/admin/digests')).text()
    expect(list.split(word)).toHaveLength(3)
  })

  test('Enter in the form of the last page never sends', async () => {
    const page = await (await editor.get(`${await ready()}/send`)).text()
    const form = /<form method="post" action="([^"]*\/schedule)"[\s\S]*?<\/form>/.exec(page)![0]
    const first = /<button[^>]*>/.exec(form)![0]
    expect(first).not.toContain('formaction')
    expect(form).toMatch(/<button[^>]* formaction="[^"]*\/send"/)
  })

  test('a writer composes and tests, and does not send', async () => {
    const path = await ready()
    expect((await writer.get(path)).status).toBe(200)
    expect((await writer.post(`${path}/test`, { to: 'writer@example.com' })).status).toBe(303)
    for (const act of ['send', 'schedule', 'pause', 'resume', 'cancel'])
      expect((await writer.post(`${path}/${act}`)).status, act).toBe(403)
    expect(await (await writer.get(`${path}/send`)).text()).not.toContain('Send to')
    expect((await digestAt(path)).state).toBe('draft')
  })

  test('a newsletter outside of its hours says from when on it goes out, now or at the time it is planned for', async () => {
    const clock = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString().slice(11, 16)
    const [opens, closes] = [clock(2), clock(4)]
    const hours = { sendsFrom: opens, sendsUntil: closes }
    await addNewsletter(db, { slug: 'late', name: 'Late', timeZone: 'UTC', ...hours })
    await addNewsletter(db, { slug: 'there', name: 'There', timeZone: 'Etc/GMT+12', ...hours })
    const path = await begin()
    await send(path, { subject: 'Later', newsletters: ['late', 'there', 'morning-brief'] })
    await send(path, { act: `add-story ${ibm.id}` })
    const page = async () => (await editor.get(`${path}/send`)).text()
    expect(await page()).toContain('Morning Brief has no readers yet.')
    const said = `Late goes out from ${opens} on: its readers get it then.`
    expect(await page()).toContain(said)
    expect(await page()).toContain(`There goes out from ${opens} on (Etc/GMT+12)`)
    expect(await page()).not.toContain('Morning Brief goes out')
    const day = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
    await editor.post(`${path}/schedule`, { at: `${day}T${opens}` })
    expect(await page()).not.toContain(said)
    await editor.post(`${path}/cancel`)
    await editor.post(`${path}/schedule`, { at: `${day}T${closes}` })
    expect(await page()).toContain(said)
  })

  test('that a test is on its way is said where the browser lands, beside its form', async () => {
    const path = await ready()
    const form = await (await editor.get(`${path}/send`)).text()
    expect(form).toContain(`action="${path}/test#test"`)
    const answer = await editor.post(`${path}/test`, { to: 'tester@example.com' })
    const page = await (await editor.get(answer.headers.get('location')!)).text()
    const [above, beside] = page.split('id="test"')
    expect(above).not.toContain('is on its way')
    expect(beside!.split('</form>')[0]).toContain('The test to tester@example.com is on its way.')
  })

  test('a test to what is no address is refused at its field', async () => {
    const path = await ready()
    const answer = await editor.post(`${path}/test`, { to: 'nobody' })
    expect(answer.status).toBe(422)
    expect(await answer.text()).toContain('This is not an e-mail address.')
  })
})

test('the last page says when a mail is too large, and when a picture is not described', async () => {
  const path = await begin()
  const picture = await addArticle(db, {
    title: 'A picture',
    url: 'https://example.com/x',
    imageUrl: 'https://example.com/x.png',
  })
  await send(path, { subject: 'Long', newsletters: 'morning-brief' })
  await send(path, { act: `add-story ${picture.id}` })
  const described = await (await editor.get(`${path}/send`)).text()
  expect(described).toContain('The picture of “A picture” has no description')
  expect(described).not.toContain('Gmail cuts')
  const blocks = Array.from({ length: 6 }, (_, at) => [
    [`${at + 1}.type`, 'text'],
    [`${at + 1}.markdown`, 'word '.repeat(3900)],
  ]).flat()
  await send(path, { block: ['0', '1', '2', '3', '4', '5', '6'], ...Object.fromEntries(blocks) })
  expect(await (await editor.get(`${path}/send`)).text()).toContain('Gmail cuts')
})
