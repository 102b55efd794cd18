import { expect, test } from 'vitest'
import { importSubscribers } from '../../src/actions/import-subscribers.ts'
import { suppressByHand } from '../../src/actions/suppress-by-hand.ts'
import { keyInput } from '../../src/domain/api-key.ts'
import { failureRules } from '../../src/domain/failure-rules.ts'
import { lookInput } from '../../src/domain/look.ts'
import { domainLimit } from '../../src/domain/mail-domain.ts'
import { newsletterInput } from '../../src/domain/newsletter.ts'
import { newsletterSettings } from '../../src/domain/newsletter-form.ts'
import { publicationInput } from '../../src/domain/publication.ts'
import { CsvError, readCsv } from '../../src/domain/subscriber-csv.ts'
import { templateInput } from '../../src/domain/template.ts'
import { formFault } from '../../src/domain/words/form-faults.ts'
import { importReason } from '../../src/domain/words/import-reasons.ts'
import { addNewsletter } from '../../src/store/newsletters.ts'
import { openTestApp } from '../support/app.ts'

const everyField = (schema: { shape: object }, value: string) =>
  Object.fromEntries(Object.keys(schema.shape).map(name => [name, value]))

test('each fault that a form’s schema finds has its own words in both languages', () => {
  const general = new Set([
    'role',
    'lasts',
    'cadence',
    'language',
    'carriesAdvertising',
    'archivePublic',
    'needsApproval',
    'state',
    'unknownPolicy',
    'headlineFont',
    'textFont',
  ])
  const seen = new Set<string>()
  for (const schema of [
    publicationInput,
    lookInput,
    templateInput,
    newsletterInput,
    newsletterSettings,
    keyInput,
    domainLimit,
    failureRules,
  ])
    for (const value of ['', 'a\u0007b', 'x'.repeat(25_000), 'javascript:x']) {
      const reading = schema.safeParse(everyField(schema, value))
      for (const { path, message } of reading.error?.issues ?? []) {
        if (general.has(String(path[0])) || message === 'Invalid input') continue
        for (const language of ['en', 'de'] as const)
          expect([message, formFault(language, message)]).not.toEqual([message, formFault(language, '?')])
        seen.add(formFault('de', message))
      }
    }
  expect(seen.size).toBeGreaterThanOrEqual(12)
})

test('each reason of an import has its words in German', async () => {
  const { services } = await openTestApp()
  const newsletter = (await addNewsletter(services.db, { slug: 'a', name: 'A' }))!
  await suppressByHand(services, { email: 'never@example.com', why: 'Letter' })
  const rows = [
    'email,name,more',
    ',x,',
    `${'a'.repeat(300)}@example.com,,`,
    'nonsense,,',
    'a b@example.com,,',
    'a@nowhere,,',
    `b@example.com,${'x'.repeat(201)},`,
    'c@example.com,a\u0007b,',
    `d@example.com,,${'x'.repeat(1001)}`,
    'e@example.com,,',
    'E@example.com,,',
    'never@example.com,,',
    'f@example.com,,,x',
  ]
  const report = await importSubscribers(services, {
    newsletter,
    consent: 'x',
    source: 'x',
    rows: readCsv([rows.join('\n')]),
    mode: 'add',
    write: 'nothing',
  })
  const reasons = report.refused.map(refused => refused.reason)
  expect(new Set(reasons).size).toBe(11)
  for (const reason of reasons) expect(importReason('de', reason)).not.toBe(reason)

  for (const file of ['', 'name\nx', 'PK\u0000\n', 'email,email\nx,y']) {
    const fault = await readAll(file)
    expect(fault).toBeInstanceOf(CsvError)
    expect(importReason('de', fault!.message)).not.toMatch(/\b(the|is|row)\b/)
    expect(importReason('en', fault!.message)).toBe(fault!.message)
  }
})

/** The fault that reading a file ends with; undefined where it reads well. */
async function readAll(file: string): Promise<Error | undefined> {
  try {
    for await (const _row of readCsv([file]));
    return undefined
  } catch (error) {
    return error as Error
  }
}
