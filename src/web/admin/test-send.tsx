import { Hono } from 'hono'
import { queueTest, type TestOutcome } from '../../actions/queue-test.ts'
import { type EmailAddress, parseEmailAddress } from '../../domain/email-address.ts'
import { sayList } from '../../domain/say-list.ts'
import { sayUntil } from '../../domain/words/previews.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import type { AppEnv } from '../env.ts'
import { type Fields, formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { digestOf, missing } from './digest-of.ts'
import { editorOf, type WorkspaceFrame, workspaceFrame } from './frame.ts'
import type { TestForm } from './send-page.tsx'
import { sendPage } from './sending.tsx'

/** A test of a digest: to oneself, to the testers of the list, or to somebody else. */
export const testSend = new Hono<AppEnv>().post('/:id/test', requireRole('writer'), async c => {
  const digest = await digestOf(c)
  if (!digest) return missing(c)
  const frame = await workspaceFrame(c)
  const words = sendingWords[frame.language].test
  const form = formOf(await formFields(c))
  const again = (error: string, status: 409 | 422 = 422) =>
    sendPage(c, digest, { test: { ...form, error } }, status)
  const recipients = recipientsOf(form, frame)
  if (recipients === 'not-an-address') return again(words.notAnAddress)
  if (!recipients.length) return again(words.noTesters)
  const outcome = await queueTest(c.var.services, digest, recipients)
  if (outcome.kind !== 'queued') return again(refusal(outcome, frame), outcome.kind === 'embargo' ? 409 : 422)
  const to = form.who === 'testers' ? String(recipients.length) : recipients[0]!.address.address
  return c.redirect(`/admin/digests/${digest.id}/send?${new URLSearchParams({ tested: to })}`, 303)

  function formOf(fields: Fields): TestForm {
    const to = (fields.to ?? '').slice(0, 1000)
    const { who } = fields
    // An address alone says whom it is for.
    return { who: who === 'me' || who === 'testers' ? who : 'other', to }
  }

  function recipientsOf({ who, to }: TestForm, { publication }: WorkspaceFrame) {
    const { address, name } = editorOf(c)
    const typed = who === 'me' ? [address] : who === 'testers' ? publication.testers : [to]
    const addresses: EmailAddress[] = []
    for (const one of typed) {
      const reading = parseEmailAddress(one)
      if (reading.kind === 'refused') return 'not-an-address' as const
      addresses.push(reading.address)
    }
    return addresses.map(one => ({ address: one, ...(one.address === address && { name }) }))
  }
})

function refusal(
  outcome: Exclude<TestOutcome, { kind: 'queued' }>,
  { language, publication }: WorkspaceFrame,
) {
  const words = sendingWords[language].test
  switch (outcome.kind) {
    case 'no-newsletter':
      return words.noNewsletter
    case 'faults':
      return words.faults
    case 'embargo': {
      const { title, until } = outcome.embargo
      return words.embargo(
        title,
        sayUntil(until, publication.timeZone, language),
        sayList(outcome.refused, language),
      )
    }
  }
}
