import { randomBytes } from 'node:crypto'
import postgres from 'postgres'
import { inject } from 'vitest'

export type FreshDatabase = { url: string; drop(): Promise<void> }

/** A migrated database of one's own without rows: a clone of the run's template, made in about 30 ms. */
export const freshDatabase = () => createDatabase(`template ${inject('databaseTemplate')}`)

/** A database of one's own without tables. */
export const emptyDatabase = () => createDatabase('template template0')

async function createDatabase(from: string): Promise<FreshDatabase> {
  const server = inject('databaseServer')
  // The run's name is in it, so that the run removes at its end what a test forgot.
  const name = `${inject('databaseTemplate')}_${randomBytes(6).toString('hex')}`
  await onServer(server, `create database ${name} ${from}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => onServer(server, `drop database if exists ${name} with (force)`) }
}

async function onServer(url: string, statement: string) {
  const sql = postgres(url, { max: 1, onnotice: () => {} })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end()
  }
}
