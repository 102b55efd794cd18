import type { Role } from '../domain/roles.ts'
import { addApiKey } from '../store/api-keys.ts'
import type { Services } from './services.ts'

/** Makes a key of the API. `key` is its text, which can't be read again. Absent `expiresAt`: until it is revoked. */
export const createKey = (
  { db }: Pick<Services, 'db'>,
  values: { name: string; role: Role; expiresAt?: Date },
): Promise<{ id: number; key: string }> => addApiKey(db, values)
