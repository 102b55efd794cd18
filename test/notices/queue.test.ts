import { expect, test } from 'vitest'
import { createKeyring } from '../../src/domain/keys.ts'
import { hashSecret } from '../../src/domain/secrets.ts'
import { newSignInSecret, signInSecret } from '../../src/domain/sign-in-secret.ts'
import { queueNotice } from '../../src/store/notices.ts'
import { updatePublication } from '../../src/store/publication.ts'
import { openTestApp } from '../support/app.ts'

const { services, raw } = await openTestApp()
const { db } = services

test('a queued notice has its Message-ID from the start, and five days', async () => {
  await updatePublication(db, { senderAddress: 'news@paper.example' })
  const id = await db.transaction(tx =>
    queueNotice(tx, {
      kind: 'confirmation',
      recipient: 'ana@example.com',
      language: 'de',
      transport: 'mailbox',
      content: { signUpId: 7 },
    }),
  )
  const [row] = await raw`
    select message_id, content, state, due_at <= now() as due,
      extract(epoch from deliver_until - created_at)::int as span
    from notices where id = ${id}`
  expect(row).toMatchObject({ content: { signUpId: 7 }, state: 'waiting', due: true, span: 432_000 })
  expect(row!.message_id).toMatch(/^<[\da-f-]{36}@paper\.example>$/)
})

test('a sign-in secret follows from its nonce and the key that was newest then, and from nothing else', () => {
  const old = createKeyring([{ version: 1, secret: 'a first secret of ours' }])
  const rotated = createKeyring([
    { version: 2, secret: 'a second secret of ours' },
    { version: 1, secret: 'a first secret of ours' },
  ])
  const made = newSignInSecret(old)
  expect(signInSecret(rotated, made.nonce)).toBe(made.secret)
  expect(hashSecret(made.secret)).toEqual(made.hash)
  expect(made.secret).toMatch(/^[\w-]{43}$/)
  const other = createKeyring([{ version: 1, secret: 'not the secret of ours' }])
  expect(signInSecret(other, made.nonce)).not.toBe(made.secret)
  expect(signInSecret(createKeyring([{ version: 3, secret: 'a third secret of ours' }]), made.nonce)).toBe(
    undefined,
  )
})
