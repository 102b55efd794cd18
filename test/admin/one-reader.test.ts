import { expect, test } from 'vitest'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { openTestApp } from '../support/app.ts'
import { addReaders } from '../support/sending.ts'
import { signInAs } from '../support/sign-in.ts'

const here = await openTestApp()
const { services, raw } = here
const editor = await signInAs(here, 'editor')
const ids = [
  (await addNewsletter(services.db, { slug: 'morning', name: 'Morning' }))!.id,
  (await addNewsletter(services.db, { slug: 'week', name: 'The Week' }))!.id,
]
await addReaders(raw, 1, ids)
const [reader] = await raw`select id from subscribers`
const path = `/admin/readers/${reader!.id}`
const text = async (at: string) => (await editor.get(at)).text()

test('the digests of a year come a page at a time, each with its newsletter and what a server said', async () => {
  await raw`with edition as (insert into digests (subject) select 'Edition ' || n from generate_series(1, 60) as n returning id)
    insert into dispatches (digest_id, state, transport, due_at, started_at, finished_at)
    select id, 'finished', 'smtp', now(), now(), now() from edition order by id`
  const [range] = await raw`select min(id)::int as low, max(id)::int as high from dispatches`
  await raw.unsafe(
    `create table deliveries_t partition of deliveries for values from (${range!.low}) to (${range!.high + 1})`,
  )
  await raw`insert into deliveries (dispatch_id, subscriber_id, newsletter_id, batch_id, state, reply, changed_at)
    select id, ${reader!.id}, ${ids[0]!}, 0, case when id = ${range!.high} then 'failed' else 'sent' end::delivery_state,
      case when id = ${range!.high} then '552 5.2.2 <mailbox> full' end, now() from dispatches`
  const seen: string[] = []
  let next: string | undefined = path
  while (next) {
    const page: string = await text(next)
    seen.push(...[...page.matchAll(/>(Edition \d+)</g)].map(match => match[1]!))
    if (next === path) expect(page).toContain('552 5.2.2 &lt;mailbox&gt; full')
    next = /<a rel="next" href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&')
  }
  expect(seen).toEqual(Array.from({ length: 60 }, (_, i) => `Edition ${60 - i}`))
})

test('an editor ends all newsletters of a reader at once, with one proof', async () => {
  expect(await text(path)).toContain(`href="${path}/remove"`)
  expect(await text(`${path}/remove`)).toContain('Remove from 2 newsletters')
  const done = await editor.post(`${path}/remove`)
  expect(await text(done.headers.get('location')!)).toContain('All newsletters of this reader are ended.')
  const events =
    await raw`select kind, newsletter_ids::int[] as ids from consents where subscriber_id = ${reader!.id}`
  expect(events).toMatchObject([{ kind: 'left', ids }])
  expect((await editor.get(`${path}/remove`)).status).toBe(404)
  await editor.post(`${path}/remove`)
  expect(await raw`select 1 from consents where subscriber_id = ${reader!.id}`).toHaveLength(1)
})
