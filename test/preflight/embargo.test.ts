import { beforeAll, describe, expect, test } from 'vitest'
import { dispatchDigest } from '../../src/actions/dispatch-digest.ts'
import { startDispatch } from '../../src/actions/start-dispatch.ts'
import { cancelDigest, resumeDigest } from '../../src/actions/steer-dispatch.ts'
import { sayFound } from '../../src/domain/words/findings.ts'
import { wallTime } from '../../src/domain/zoned-time.ts'
import { addArticle, updateArticle } from '../../src/store/articles.ts'
import { addDigest } from '../../src/store/digest-texts.ts'
import { findDigest } from '../../src/store/digests.ts'
import { findDispatchOf } from '../../src/store/dispatches.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { db } = here.services
const zone = 'Europe/Berlin'
const hour = 3_600_000
const inHours = (hours: number) => new Date(Math.ceil((Date.now() + hours * hour) / 60_000) * 60_000)
const until = inHours(24)

let newsletter: number
const editor = await signInAs(here, 'editor')
const api = await clientOf(here, 'editor')

beforeAll(async () => {
  await updatePublication(db, {
    timeZone: zone,
    postalAddress: '12 Paper Lane',
    senderAddress: 'a@b.example',
  })
  newsletter = (await addNewsletter(db, { slug: 'daily', name: 'Daily' }))!.id
})

/** A digest with one story, under embargo where a moment is given. */
async function draft(embargoUntil?: Date, title = 'The merger') {
  const article = await addArticle(db, { title, url: 'https://ledger.example/m', embargoUntil })
  const id = await addDigest(db, {
    subject: 'Today',
    preheader: 'What matters',
    blocks: [
      { type: 'seeAlso', articleIds: [article.id] },
      { type: 'article', articleId: article.id },
    ],
    newsletterIds: [newsletter],
  })
  return { id, article: article.id, page: `/admin/digests/${id}` }
}

const stateOf = async (id: number) => (await findDigest(db, id))!.state

describe('a digest with a story under embargo', () => {
  test('is not sent now, and not for earlier; at the moment itself it may', async () => {
    const { id, article } = await draft(until)
    const facts = { code: 'embargo', articleId: article, title: 'The merger', until: until.toISOString() }
    expect(await dispatchDigest(here.services, id)).toMatchObject({
      kind: 'refused',
      errors: [
        { level: 'error', ...facts, where: { block: 0 } },
        { level: 'error', ...facts, where: { block: 1 } },
      ],
    })
    const early = new Date(until.getTime() - 1)
    const outcome = await dispatchDigest(here.services, id, { at: early })
    expect(outcome).toMatchObject({ kind: 'refused', errors: [{ at: early.toISOString() }, {}] })
    expect(await stateOf(id)).toBe('draft')
    expect(await dispatchDigest(here.services, id, { at: until })).toMatchObject({ kind: 'created' })
  })

  test('is refused by the API with the reason, in English, and both times', async () => {
    const { id } = await draft(until)
    const at = inHours(1).toISOString()
    const answer = await api('POST', `/digests/${id}/dispatch`, { at })
    expect(answer.status).toBe(409)
    expect(answer.body.errors[0]).toMatchObject({
      code: 'embargo',
      until: until.toISOString(),
      at,
      where: { block: 0 },
    })
    // It leaves by no API: not even its headline.
    expect(answer.body.errors[0].detail).toMatch(/^“article \d+” is under embargo until/)
    expect(JSON.stringify(answer.body)).not.toContain('The merger')
    expect(answer.body.errors[0]).not.toHaveProperty('level')
    expect(answer.body.warnings).toMatchObject(
      [{ code: 'same-story-twice' }, { code: 'no-readers' }].toReversed(),
    )
  })

  test('can be scheduled on the page, for its end, and for earlier is refused at the field', async () => {
    const { id, page } = await draft(until)
    const shown = await (await editor.get(`${page}/send`)).text()
    expect(shown).not.toContain('formaction')
    expect(shown).toContain(`name="at"`)
    expect(shown).toContain(`value="${wallTime(until, zone)}"`)
    const typed = wallTime(new Date(until.getTime() - 60_000), zone)
    const refused = await editor.post(`${page}/schedule`, { at: typed })
    expect(refused.status).toBe(409)
    const html = await refused.text()
    const error = /<p class="error" id="at-error">([^<]*)</.exec(html)![1]!
    expect(error).toMatch(/^“The merger” is under embargo until .*, and would leave on .*Choose a later time/)
    expect(html).toContain(`value="${typed}"`)
    expect(await stateOf(id)).toBe('draft')
    expect((await editor.post(`${page}/schedule`, { at: wallTime(until, zone) })).status).toBe(303)
    expect(await stateOf(id)).toBe('scheduled')
  })

  test('an embargo that is set later holds the start, until it is over', async () => {
    const { id, article, page } = await draft()
    const outcome = await dispatchDigest(here.services, id)
    if (outcome.kind !== 'created') throw new Error(outcome.kind)
    await updateArticle(db, article, { embargoUntil: until })
    const { id: dispatch } = outcome.dispatch
    expect(await startDispatch(here.services, dispatch)).toEqual({ kind: 'paused', reason: 'not-ready' })
    const { pauseEvidence } = (await findDispatchOf(db, id))!
    const [found] = (pauseEvidence as { errors: Parameters<typeof sayFound>[0][] }).errors
    expect(await (await editor.get(page)).text()).toContain(sayFound(found!, 'en', zone))
    await resumeDigest(here.services, id)
    expect(await startDispatch(here.services, dispatch)).toEqual({ kind: 'paused', reason: 'not-ready' })
    await updateArticle(db, article, { embargoUntil: new Date(Date.now() - 1000) })
    await resumeDigest(here.services, id)
    expect(await startDispatch(here.services, dispatch)).toMatchObject({ kind: 'started' })
    await cancelDigest(here.services, id)
  })
})

const tests = () => here.raw`select recipient from notices where kind = 'test' order by id`

describe('a test of it', () => {
  test('goes to editors of this house, and to nobody else', async () => {
    const { page } = await draft(until)
    expect((await editor.post(`${page}/test`, { who: 'me' })).status).toBe(303)
    expect(await tests()).toMatchObject([{ recipient: editor.address }])
    const refused = await editor.post(`${page}/test`, { who: 'other', to: 'press@elsewhere.example' })
    expect(refused.status).toBe(409)
    expect(await refused.text()).toMatch(
      /id="to-error">“The merger” is under embargo until .*: until then a test goes to editors .* not to press@elsewhere.example\./,
    )
    await updatePublication(db, { testers: [editor.address, 'ana@elsewhere.example'] })
    const list = await editor.post(`${page}/test`, { who: 'testers' })
    expect([list.status, await list.text()]).toEqual([
      409,
      expect.stringContaining('not to ana@elsewhere.example.'),
    ])
    expect(await tests()).toHaveLength(1)
  })

  test('nor by the API', async () => {
    const { id } = await draft(until)
    const refused = await api('POST', `/digests/${id}/tests`, { to: 'press@elsewhere.example' })
    expect(refused.status).toBe(409)
    expect(refused.body.title).toContain('under embargo')
    expect(refused.body.errors).toMatchObject([{ code: 'embargo', until: until.toISOString() }])
    expect((await api('POST', `/digests/${id}/tests`, { to: editor.address.toUpperCase() })).status).toBe(202)
    expect(await tests()).toHaveLength(2)
  })
})
