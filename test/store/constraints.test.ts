import { expect, test } from 'vitest'
import { openTestApp } from '../support/app.ts'

// What the code never writes, the database does not take either.

const { raw } = await openTestApp()
await raw`insert into newsletters (slug, name) values ('daily', 'Daily')`
await raw`insert into digests (subject) values ('Today')`
await raw`insert into subscribers (address, address_key) values ('ana@example.com', 'ana@example.com')`
await raw`insert into consents (subscriber_id, kind, newsletter_ids, wording, wording_version, form) values (1, 'confirmed', '{1}', 'Yes', 'v1', 'page')`
await raw`insert into dispatches (digest_id, state, transport, due_at, started_at, intended, pending) values (1, 'sending', 'smtp', now(), now(), 2, 2)`

test.each([
  ['a subject with a carriage return', String.raw`update digests set subject = E'One\rBcc: all@example.com'`],
  ['a subject with a line feed', String.raw`update digests set subject = E'One\nTwo'`],
  ['a name with a carriage return', String.raw`update subscribers set name = E'Ana\rX'`],
  ['a slug that is none', `update newsletters set slug = 'Daily News'`],
  [
    'two readers of one address',
    `insert into subscribers (address, address_key) values ('Ana@example.com', 'ana@example.com')`,
  ],
  ['a balance that does not add up', `update dispatches set sent = 1`],
  ['a count below nothing', `update dispatches set sent = -1, pending = 3`],
  [
    'a tally that takes from nobody what it gives',
    `insert into tallies (dispatch_id, slot, sent, failed, suppressed, unknown, pending) values (1, 0, 1, 0, 0, 0, 0)`,
  ],
  [
    'a second dispatch of a digest',
    `insert into dispatches (digest_id, state, transport, due_at) values (1, 'scheduled', 'smtp', now())`,
  ],
  [
    'an end that never began',
    `update dispatches set state = 'finished', started_at = null, finished_at = now()`,
  ],
  ['a pause without its time', `update dispatches set state = 'paused'`],
  ['a consent that is changed afterwards', `update consents set wording = 'No'`],
  [
    'a paid story without its sponsor',
    `insert into articles (title, url, kind) values ('A', 'https://example.com', 'partner')`,
  ],
  [
    'a picture that is a script',
    `insert into articles (title, url, image_url) values ('A', 'https://example.com', 'javascript:alert(1)')`,
  ],
  [
    'a subscription that ended without a reason',
    `insert into subscriptions (subscriber_id, newsletter_id, consent_id, state, ended_at) values (1, 1, 1, 'ended', now())`,
  ],
  [
    'a subscription of nobody',
    `insert into subscriptions (subscriber_id, newsletter_id, consent_id) values (99, 1, 1)`,
  ],
  [
    'an erased address that is still there',
    `insert into suppressions (address_key, address_hash, hash_version, cause) values ('a@example.com', decode(repeat('00', 32), 'hex'), 1, 'erased')`,
  ],
  [
    'a sign-up for nothing',
    `insert into sign_ups (address, address_key, limit_key, newsletter_ids, form, wording, wording_version, language, transport) values ('a@b.cc', 'a@b.cc', 'a@b.cc', '{}', 'page', 'w', 'v', 'en', 'smtp')`,
  ],
  ['a second publication', `insert into publication (id, name) values (2, 'Another')`],
  ['a colour that is none', `insert into publication (name, accent) values ('A', 'red; background: url(x)')`],
])('the database refuses %s', async (_, statement) => {
  await expect(raw.unsafe(statement)).rejects.toMatchObject({ code: expect.stringMatching(/^(23|P0001)/) })
})
