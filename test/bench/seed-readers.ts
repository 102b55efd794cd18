import type { Raw } from '../../src/store/client.ts'

const given = `Anna,Ben,Clara,David,Emma,Felix,Greta,Hannes,Ida,Jonas,Klara,Lena,Max,Nina,Oskar,Paula,Quentin,Rosa,Samuel,Theo,
Ute,Viktor,Wanda,Xaver,Yara,Zoe,Maria,Thomas,Sabine,Andreas,Julia,Stefan,Petra,Michael,Monika,Peter,Susanne,Wolfgang,Karin,Klaus`
const family = `Müller,Schmidt,Schneider,Fischer,Weber,Meyer,Wagner,Becker,Schulz,Hoffmann,Schäfer,Koch,Bauer,Richter,Klein,Wolf,
Schröder,Neumann,Schwarz,Zimmermann,Braun,Krüger,Hofmann,Hartmann,Lange,Smith,Jones,Taylor,Brown,Williams,Wilson,Johnson,Davies,
Robinson,Wright,Thompson,Evans,Walker,White,Roberts,Green,Hall,Wood,Jackson,Clarke,Nowak,Kowalski,Rossi,Ferrari,Dubois`
const names = (list: string) => list.replaceAll('\n', '').split(',')

/** Who is sought: what they have is as rare or as frequent as their name says. */
export type Seeded = {
  /** A reader with a year of digests, some 300. */
  faithful: number
  newsletters: { id: number; slug: string }[]
}

/**
 * Fills a publication with readers of three years: 40 % of them at gmail.com, 26 % at five other large providers, the
 * rest at 20,000 small domains; the oldest fiftieth all of one company. Every tenth has left, every hundredth pauses,
 * every fiftieth is suppressed. The tag `vip` is on one of 10,000, `subscriber` on every fifth.
 */
export async function seedReaders(raw: Raw, count: number): Promise<Seeded> {
  const newsletters = await raw<
    { id: number; slug: string }[]
  >`select id::int, slug from newsletters order by position, id limit 3`
  const ids = newsletters.map(newsletter => newsletter.id)
  const [consent] = await raw`
    insert into consents (kind, newsletter_ids, wording, wording_version, form)
    values ('imported', ${ids}::bigint[], 'A form on the old site', 'import', 'import') returning id`
  await raw`select setseed(0.5)`
  await raw`
    insert into subscribers (address, address_key, name, locale, attributes, tags, created_at)
    select key, key, case when n % 5 = 0 then '' else f || ' ' || l end, case when n % 3 = 0 then 'de' else 'en' end::language,
      case when n % 10 = 0 then jsonb_build_object('city', (array['Kiel', 'Bremen', 'Leeds'])[1 + n % 3]) else '{}' end,
      case when n % 10000 = 77 then '{vip}' else '{}' end::text[] || case when n % 5 = 1 then '{subscriber}' else '{}' end::text[],
      now() - interval '3 years' * (1 - n / ${count}::float)
    from (
      select n, f, l, translate(lower(case n % 4 when 0 then f || '.' || l || n when 1 then left(f, 1) || '.' || l || n
          when 2 then l || f || n else f || n end), 'äöüß', 'aous') || '@' || case
        when n <= ${count}::int / 50 then 'acme-holding.example' when r < 0.4 then 'gmail.com' when r < 0.5 then 'gmx.de'
        when r < 0.54 then 'web.de' when r < 0.58 then 'outlook.com' when r < 0.62 then 't-online.de' when r < 0.66 then 'yahoo.com'
        else substr(md5((n % 20000)::text), 1, 7) || (array['.de', '.com', '.co.uk'])[1 + n % 3] end as key
      from (
        select n, (${names(given)}::text[])[1 + (random() * 39)::int] as f, (${names(family)}::text[])[1 + (random() * 49)::int] as l,
          random() as r
        from generate_series(1, ${count}::int) as n
      ) as people
    ) as addresses
    order by n`
  await raw`
    insert into subscriptions (subscriber_id, newsletter_id, consent_id, since, state, end_reason, ended_at, paused_until)
    select id, newsletter, ${consent!.id}, created_at, case when gone then 'ended' else 'active' end::subscription_state,
      case when gone then 'left' end::end_reason, case when gone then created_at + (now() - created_at) * random() end,
      case when id % 100 = 3 then now() + interval '10 days' end
    from (
      select id, created_at, newsletter, id % 10 = 9 as gone from subscribers,
        lateral (select unnest(case id % 4 when 0 then ${ids}::bigint[] when 1 then (${ids}::bigint[])[2:2] else (${ids}::bigint[])[1:1] end) as newsletter) as theirs
    ) as all_of_them
    order by id`
  await raw`
    insert into suppressions (address_key, address_hash, hash_version, cause, evidence, created_at)
    select address_key, sha256(address_key::bytea), 1, (array['bounced', 'bounced', 'bounced', 'complained', 'manual'])[1 + id % 5]::suppression_cause,
      '{"reply": "550 5.1.1 no such user"}', created_at + interval '1 day'
    from subscribers where id % 50 = 11`
  await raw`
    insert into sign_ups (address, address_key, limit_key, newsletter_ids, form, wording, wording_version, language, transport, state, asked_at, confirmed_at, created_at)
    select 'new' || n || '@example.com', 'new' || n || '@example.com', 'new' || n || '@example.com', ${ids.slice(0, 1)}::bigint[], 'page', 'w', 'w', 'en', 'smtp',
      case when n % 3 = 0 then 'asked' else 'confirmed' end::sign_up_state, at, case when n % 3 > 0 then at + interval '1 minute' * (n % 90) end, at
    from generate_series(1, ${Math.min(20_000, count)}::int) as n, lateral (select now() - interval '30 seconds' * n as at) as x`
  const faithful = await addFaithful(raw, ids)
  await raw`analyze`
  return { faithful, newsletters: [...newsletters] }
}

/** One reader who got 300 digests, each with the bounce of somebody else. */
async function addFaithful(raw: Raw, newsletterIds: number[]): Promise<number> {
  const [reader] = await raw<
    { id: number }[]
  >`select id::int from subscribers where id % 4 = 0 order by id desc limit 1`
  await raw`
    with edition as (
      insert into digests (subject) select 'Edition ' || n from generate_series(1, 300) as n returning id
    )
    insert into dispatches (digest_id, state, transport, due_at, started_at, finished_at, intended, sent)
    select id, 'finished', 'smtp', now() - interval '300 days', now() - interval '300 days', now() - interval '300 days', 1, 1 from edition`
  const [range] =
    await raw`select min(id)::int as low, max(id)::int as high from dispatches where transport = 'smtp'`
  await raw.unsafe(
    `create table deliveries_bench partition of deliveries for values from (${range!.low}) to (${range!.high + 1})`,
  )
  await raw`
    insert into deliveries (dispatch_id, subscriber_id, newsletter_id, batch_id, state, attempts, changed_at)
    select id, ${reader!.id}, ${newsletterIds[0]!}, 0, 'sent', 1, finished_at from dispatches where transport = 'smtp'`
  await raw`
    insert into consents (subscriber_id, kind, newsletter_ids, wording, wording_version, form)
    select ${reader!.id}, 'paused', ${newsletterIds}::bigint[], 'Pause for a while.', 'pause/en/1', 'preferences' from generate_series(1, 40)`
  return reader!.id
}
