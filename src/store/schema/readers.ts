import { sql } from 'drizzle-orm'
import {
  bigint,
  check,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
} from 'drizzle-orm/pg-core'
import { bytea, id, moment, ref } from './columns.ts'
import { languages, newsletters } from './publication.ts'
import { transports } from './sending.ts'

export const signUpStates = pgEnum('sign_up_state', [
  'waiting',
  'asked',
  'merged',
  'confirmed',
  'refused',
  'objected',
])
export const signUpForms = pgEnum('sign_up_form', ['page', 'embed', 'api', 'preferences', 'editor'])
export const subscriptionStates = pgEnum('subscription_state', ['active', 'ended'])
export const endReasons = pgEnum('end_reason', ['left', 'one_click', 'preferences', 'editor', 'erased'])
export const consentKinds = pgEnum('consent_kind', [
  'asked',
  'confirmed',
  'imported',
  'joined',
  'left',
  'undone',
  'paused',
  'resumed',
  'address_changed',
  'reason',
])
export const linkRequestStates = pgEnum('link_request_state', ['waiting', 'mailed', 'refused'])
export const suppressionCauses = pgEnum('suppression_cause', [
  'bounced',
  'complained',
  'objected',
  'erased',
  'manual',
])

/** A stranger's request. Touches no subscriber until it is confirmed; deleted 30 days after it was made. */
export const signUps = pgTable(
  'sign_ups',
  {
    id: id(),
    address: text().notNull(),
    addressKey: text().notNull(),
    /** The address with gmail's dots and plus tags folded: for limits only. */
    limitKey: text().notNull(),
    name: text(),
    newsletterIds: bigint({ mode: 'number' }).array().notNull(),
    form: signUpForms().notNull(),
    /** Where the form stood: our path, or the other site's origin. */
    origin: text().notNull().default(''),
    wording: text().notNull(),
    wordingVersion: text().notNull(),
    language: languages().notNull(),
    /** The sender's network, IPv4 /24 or IPv6 /48: for limits and as proof, never the whole address. */
    network: text().notNull().default(''),
    /** The transport of the process that took it: only its own kind decides about it and mails. */
    transport: transports().notNull(),
    state: signUpStates().notNull().default('waiting'),
    /** The sign-up whose one mail covers this one too. */
    mergedInto: ref(),
    /** The notice that carries its confirmation. */
    noticeId: ref(),
    /** When to decide about it. */
    dueAt: moment().notNull().defaultNow(),
    /** When the confirmation was handed to the mail server: the link ends 72 h later. */
    askedAt: moment(),
    confirmedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    index('sign_ups_due').on(t.dueAt).where(sql`${t.state} = 'waiting'`),
    index('sign_ups_limit_key').on(t.limitKey, t.createdAt),
    index('sign_ups_address_key').on(t.addressKey),
    index('sign_ups_network').on(t.network, t.createdAt),
    index('sign_ups_merged_into').on(t.mergedInto).where(sql`${t.mergedInto} is not null`),
    index('sign_ups_created_at').on(t.createdAt),
    check('sign_ups_one_line', sql`${t.address} || coalesce(${t.name}, '') !~ '[\\r\\n]'`),
    check('sign_ups_newsletters', sql`cardinality(${t.newsletterIds}) > 0`),
    check('sign_ups_merged', sql`(${t.state} = 'merged') = (${t.mergedInto} is not null)`),
    check('sign_ups_confirmed', sql`(${t.state} = 'confirmed') = (${t.confirmedAt} is not null)`),
  ],
)

/** Somebody asked for a link to the preferences of an address. Alike for every address; deleted after 30 days. */
export const linkRequests = pgTable(
  'link_requests',
  {
    id: id(),
    address: text().notNull(),
    addressKey: text().notNull(),
    /** The address with gmail's dots and plus tags folded: for limits only. */
    limitKey: text().notNull(),
    network: text().notNull().default(''),
    /** The transport of the process that took it: only its own kind decides about it and mails. */
    transport: transports().notNull(),
    state: linkRequestStates().notNull().default('waiting'),
    /** When to decide about it. */
    dueAt: moment().notNull().defaultNow(),
    mailedAt: moment(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    index('link_requests_due').on(t.dueAt).where(sql`${t.state} = 'waiting'`),
    index('link_requests_limit_key').on(t.limitKey, t.createdAt),
    index('link_requests_address_key').on(t.addressKey),
    index('link_requests_network').on(t.network, t.createdAt),
    index('link_requests_created_at').on(t.createdAt),
    check('link_requests_one_line', sql`${t.address} !~ '[\\r\\n]'`),
    check('link_requests_mailed', sql`(${t.state} = 'mailed') = (${t.mailedAt} is not null)`),
  ],
)

export const subscribers = pgTable(
  'subscribers',
  {
    id: id(),
    /** As typed in the local part; the domain in lower-case A-labels. */
    address: text().notNull(),
    /** The address in lower case: what makes two addresses the same reader. */
    addressKey: text().notNull().unique(),
    name: text().notNull().default(''),
    locale: languages().notNull().default('en'),
    timeZone: text(),
    attributes: jsonb().$type<Record<string, string>>().notNull().default({}),
    /** What editors file readers under: in lower case, each once. */
    tags: text().array().notNull().default([]),
    createdAt: moment().notNull().defaultNow(),
    updatedAt: moment().notNull().defaultNow(),
  },
  t => [
    index('subscribers_newest').on(t.createdAt, t.id),
    check('subscribers_one_line', sql`${t.address} || ${t.name} !~ '[\\r\\n]'`),
    check('subscribers_attributes', sql`jsonb_typeof(${t.attributes}) = 'object'`),
  ],
)

/** Proof of what a reader asked for, confirmed or withdrew. Never updated; goes with the reader. */
export const consents = pgTable(
  'consents',
  {
    id: id(),
    /** Absent for an import: one event that all its subscriptions point to. */
    subscriberId: bigint({ mode: 'number' }).references(() => subscribers.id, { onDelete: 'cascade' }),
    kind: consentKinds().notNull(),
    /** No foreign key: the proof outlives the newsletter. */
    newsletterIds: bigint({ mode: 'number' }).array().notNull(),
    wording: text().notNull(),
    wordingVersion: text().notNull(),
    form: text().notNull(),
    origin: text().notNull().default(''),
    network: text().notNull().default(''),
    /** Why, where the reader said so; which digest it came from. */
    reason: text(),
    dispatchId: ref(),
    at: moment().notNull().defaultNow(),
  },
  t => [
    index('consents_subscriber').on(t.subscriberId, t.at),
    index('consents_dispatch').on(t.dispatchId).where(sql`${t.dispatchId} is not null`),
  ],
)

export const subscriptions = pgTable(
  'subscriptions',
  {
    subscriberId: ref()
      .notNull()
      .references(() => subscribers.id, { onDelete: 'cascade' }),
    newsletterId: ref()
      .notNull()
      .references(() => newsletters.id, { onDelete: 'cascade' }),
    state: subscriptionStates().notNull().default('active'),
    endReason: endReasons(),
    endedAt: moment(),
    /** No digest before this moment; the subscription stays active. */
    pausedUntil: moment(),
    /** The event that proves the consent; no foreign key, since an import of a million shares one. */
    consentId: ref().notNull(),
    since: moment().notNull().defaultNow(),
  },
  t => [
    primaryKey({ columns: [t.newsletterId, t.subscriberId] }),
    index('subscriptions_subscriber').on(t.subscriberId),
    // For the days of growth. Rows come in the order of time: this index is a few pages, and an import does not feel it.
    index('subscriptions_since').using('brin', t.since),
    index('subscriptions_ended_at').on(t.endedAt).where(sql`${t.endedAt} is not null`),
    check(
      'subscriptions_ended',
      sql`(${t.state} = 'ended') = (${t.endedAt} is not null) and (${t.state} = 'ended') = (${t.endReason} is not null)`,
    ),
  ],
)

/** An address that gets no digest, whatever its subscriptions say. */
export const suppressions = pgTable(
  'suppressions',
  {
    id: id(),
    /** Absent after erasure: only the keyed hash stays. */
    addressKey: text(),
    addressHash: bytea().notNull(),
    hashVersion: integer().notNull(),
    cause: suppressionCauses().notNull(),
    evidence: jsonb().$type<Record<string, unknown>>().notNull().default({}),
    dispatchId: ref(),
    createdAt: moment().notNull().defaultNow(),
  },
  t => [
    unique('suppressions_hash_cause').on(t.addressHash, t.cause),
    index('suppressions_address').on(t.addressKey).where(sql`${t.addressKey} is not null`),
    index('suppressions_created_at').on(t.createdAt),
    check('suppressions_erased', sql`${t.cause} <> 'erased' or ${t.addressKey} is null`),
    check('suppressions_hash', sql`length(${t.addressHash}) = 32`),
  ],
)
