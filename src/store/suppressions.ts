import { and, desc, eq, inArray } from 'drizzle-orm'
import { addressHash, addressHashes, type Keyring } from '../domain/keys.ts'
import { liftedByConfirming, type SuppressionCause } from '../domain/suppression.ts'
import type { Queryable } from './client.ts'
import { suppressions } from './schema/readers.ts'

export type Suppression = typeof suppressions.$inferSelect

const hashesOf = (keys: Keyring, addressKey: string) =>
  inArray(suppressions.addressHash, addressHashes(keys, addressKey))

/** The causes for which this address is suppressed, erased ones included: found by its hash under every key. */
export async function suppressionCauses(
  db: Queryable,
  keys: Keyring,
  addressKey: string,
): Promise<SuppressionCause[]> {
  const rows = await db
    .select({ cause: suppressions.cause })
    .from(suppressions)
    .where(hashesOf(keys, addressKey))
  return rows.map(row => row.cause)
}

type NewSuppression = {
  addressKey: string
  cause: Exclude<SuppressionCause, 'erased'>
  evidence: Record<string, unknown>
  dispatchId?: number
}

/** Suppresses an address; one that is suppressed for this cause already, under whichever key, stays as it is. */
export async function suppress(
  tx: Queryable,
  keys: Keyring,
  { addressKey, cause, evidence, dispatchId }: NewSuppression,
): Promise<void> {
  const [known] = await tx
    .select({ id: suppressions.id, addressKey: suppressions.addressKey })
    .from(suppressions)
    .where(and(hashesOf(keys, addressKey), eq(suppressions.cause, cause)))
  if (known?.addressKey) return
  // After an erasure only the hash stands there; the address came back, so its readers must be found by it again.
  if (known) await tx.update(suppressions).set({ addressKey }).where(eq(suppressions.id, known.id))
  else
    await tx
      .insert(suppressions)
      .values({
        addressKey,
        addressHash: addressHash(keys, addressKey),
        hashVersion: keys.current.version,
        cause,
        evidence,
        ...(dispatchId !== undefined && { dispatchId }),
      })
      .onConflictDoNothing()
}

/** Lifts what a reader lifts by proving the address: `bounced` and `erased`. */
export const liftByProof = (tx: Queryable, keys: Keyring, addressKey: string) =>
  tx
    .delete(suppressions)
    .where(and(hashesOf(keys, addressKey), inArray(suppressions.cause, [...liftedByConfirming])))

/** Of an erased address only keyed hashes stay: one that says so, and those that kept it from being written to. */
export async function suppressErased(tx: Queryable, keys: Keyring, addressKey: string): Promise<void> {
  await tx
    .update(suppressions)
    .set({ addressKey: null, evidence: {}, dispatchId: null })
    .where(hashesOf(keys, addressKey))
  await tx
    .insert(suppressions)
    .values({
      addressHash: addressHash(keys, addressKey),
      hashVersion: keys.current.version,
      cause: 'erased',
    })
    .onConflictDoNothing()
}

/** The suppressions of an address with their evidence, the newest first. */
export const suppressionsOf = (db: Queryable, keys: Keyring, addressKey: string): Promise<Suppression[]> =>
  db.select().from(suppressions).where(hashesOf(keys, addressKey)).orderBy(desc(suppressions.id))

/** Those of these addresses, by their keys, that are suppressed. */
export async function suppressedAmong(db: Queryable, addressKeys: readonly string[]): Promise<Set<string>> {
  if (!addressKeys.length) return new Set()
  const rows = await db
    .selectDistinct({ key: suppressions.addressKey })
    .from(suppressions)
    .where(inArray(suppressions.addressKey, [...addressKeys]))
  return new Set(rows.flatMap(row => row.key ?? []))
}

/** Takes a suppression back: only an owner may ask for it. Answers what it was. */
export async function liftSuppression(db: Queryable, id: number): Promise<Suppression | undefined> {
  const [row] = await db.delete(suppressions).where(eq(suppressions.id, id)).returning()
  return row
}
