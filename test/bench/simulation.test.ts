import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { simulationTables } from './simulation/tables.ts'

/** The tables of a page in Markdown, each as it stands there. */
const tablesOf = (page: string) => page.match(/(?:^\|.*\|$\n?)+/gm)?.map(table => table.trimEnd())

test('the tables of SCALE.md are what npm run bench -- simulate prints', () => {
  const page = readFileSync(new URL('../../SCALE.md', import.meta.url), 'utf8')
  expect(tablesOf(page)).toEqual(simulationTables())
})
