import { bigint, customType, timestamp } from 'drizzle-orm/pg-core'

/** An identity that the database gives and never gives again. */
export const id = () => bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity()

export const ref = () => bigint({ mode: 'number' })

export const moment = () => timestamp({ withTimezone: true, mode: 'date', precision: 3 })

export const bytea = customType<{ data: Uint8Array; driverData: Uint8Array }>({
  dataType: () => 'bytea',
})
