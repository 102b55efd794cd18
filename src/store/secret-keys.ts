import type { Keyring } from '../domain/keys.ts'
import { awaitLock } from './advisory-locks.ts'
import type { Db } from './client.ts'
import { secretKeys } from './schema/publication.ts'

/**
 * Notes the fingerprints of new key versions. Answers the faults, each in words: a version that the database knows
 * and this process lacks, or has with another secret, so that links in mails long sent would stop working.
 */
export const checkSecretKeys = (db: Db, keys: Keyring): Promise<string[]> =>
  db.transaction(async tx => {
    await awaitLock(tx, 'secret-keys')
    const known = await tx.select().from(secretKeys)
    const faults = known.flatMap(row => {
      if (!keys.versions.includes(row.version))
        return [
          `SECRET_KEY: version ${row.version} is missing; links in mails already sent were made with it, so keep it at the end of the list`,
        ]
      if (keys.fingerprint(row.version) !== row.fingerprint)
        return [
          `SECRET_KEY: version ${row.version} is not the key this database was used with; restore it, and give a new key a new version in front of it: ${row.version + 1}:new,${row.version}:old`,
        ]
      return []
    })
    const fresh = keys.versions.filter(version => !known.some(row => row.version === version))
    if (!faults.length && fresh.length)
      await tx
        .insert(secretKeys)
        .values(fresh.map(version => ({ version, fingerprint: keys.fingerprint(version) })))
    return faults
  })
