import { and, eq, type SQL, sql } from 'drizzle-orm'
import { isShort, type ReaderFilter, wordMarks } from '../domain/reader-filter.ts'
import { contains, literal } from './containing.ts'
import { readerSearch } from './schema/reader-search.ts'
import { subscribers, subscriptions, suppressions } from './schema/readers.ts'

/** Whether a reader fits, asked of the reader's own rows; when they joined is not asked here. Undefined: all fit. */
export const fitsReader = (filter: ReaderFilter): SQL | undefined =>
  and(
    ...filter.words.map(word => hasWord(filter.names ? sql`${subscribers.name}` : addressAndName, word)),
    filter.addressKey === undefined ? undefined : eq(subscribers.addressKey, filter.addressKey),
    ofNewsletter(filter),
    filter.tag === undefined ? undefined : sql`${subscribers.tags} @> array[${filter.tag}]::text[]`,
    filter.attribute && hasAttribute(filter.attribute),
    filter.suppressed && isSuppressed(filter.suppressed),
    filter.language && eq(subscribers.locale, filter.language),
  )

/** The same asked of what readers are found by. Who is found may have changed since, and is asked for themselves. */
export function foundReader(filter: ReaderFilter): SQL | undefined {
  const facets = facetsOf(filter)
  return and(
    ...filter.words.map(word => hasWord(filter.names ? readerSearch.name : readerSearch.words, word)),
    facets.length ? sql`${readerSearch.facets} @> array[${sql.join(facets, sql`, `)}]::text[]` : undefined,
  )
}

const addressAndName = sql`(${subscribers.addressKey} || ' ' || ${subscribers.name})`

function hasWord(words: Parameters<typeof contains>[0], word: string): SQL {
  if (!isShort(word)) return contains(words, word)
  const patterns = [`${literal(word)}%`, ...[...wordMarks].map(mark => `%${literal(mark + word)}%`)]
  return sql`${words} ilike any(${sql.param(patterns)}::text[])`
}

function ofNewsletter({ newsletterId, state }: ReaderFilter): SQL | undefined {
  const which = newsletterId === undefined ? sql`true` : eq(subscriptions.newsletterId, newsletterId)
  const has = (condition: SQL) => sql`exists (select from ${subscriptions}
    where ${subscriptions.subscriberId} = ${subscribers.id} and ${condition})`
  switch (state) {
    case undefined:
      return newsletterId === undefined ? undefined : has(which)
    case 'active':
      return has(
        sql`${which} and ${subscriptions.state} = 'active' and coalesce(${subscriptions.pausedUntil} <= now(), true)`,
      )
    case 'paused':
      return has(sql`${which} and ${subscriptions.state} = 'active' and ${subscriptions.pausedUntil} > now()`)
    case 'ended':
      return has(sql`${which} and ${subscriptions.state} = 'ended'`)
    case 'none':
      return and(
        newsletterId === undefined ? undefined : has(which),
        sql`not ${has(sql`${subscriptions.state} = 'active'`)}`,
      )
  }
}

const hasAttribute = ({ name, value }: NonNullable<ReaderFilter['attribute']>) =>
  sql`exists (select from jsonb_each_text(${subscribers.attributes}) as had
    where lower(had.key) = lower(${name}) and ${value === undefined ? sql`true` : sql`lower(had.value) = lower(${value})`})`

const isSuppressed = (cause: NonNullable<ReaderFilter['suppressed']>) =>
  sql`exists (select from ${suppressions} where ${suppressions.addressKey} = ${subscribers.addressKey}
    and ${cause === 'any' ? sql`true` : eq(suppressions.cause, cause)})`

/** As `indexDueReaders` writes them. */
function facetsOf({ newsletterId, state, tag, attribute, suppressed, language }: ReaderFilter): SQL[] {
  const facets: SQL[] = []
  const add = (facet: string) => facets.push(sql`${facet}::text`)
  if (state === 'none' || (state && newsletterId === undefined)) add(`s:${state}`)
  if (newsletterId !== undefined) add(`n:${newsletterId}${state && state !== 'none' ? `:${state}` : ''}`)
  if (tag !== undefined) add(`t:${tag}`)
  if (attribute)
    facets.push(
      attribute.value === undefined
        ? sql`'h:' || lower(left(${attribute.name}, 100))`
        : sql`'a:' || lower(left(${attribute.name}, 100)) || '=' || lower(left(${attribute.value}, 100))`,
    )
  if (suppressed) add(suppressed === 'any' ? 'x' : `x:${suppressed}`)
  if (language) add(`l:${language}`)
  return facets
}
