import { desc, eq } from 'drizzle-orm'
import { signInSecret } from '../../src/domain/sign-in-secret.ts'
import { notices } from '../../src/store/schema/mail.ts'
import type { TestApp } from './app.ts'

/** The paths of the sign-in links that wait in the outbox for an address, the newest first. */
export async function mailedLinks({ services }: TestApp, address: string): Promise<string[]> {
  const rows = await services.db
    .select()
    .from(notices)
    .where(eq(notices.recipient, address))
    .orderBy(desc(notices.id))
  return rows
    .filter(row => row.kind === 'sign_in')
    .map(row => `/admin/sign-in/${signInSecret(services.keys, (row.content as { nonce: string }).nonce)}`)
}

/** The path of an absolute link. */
export const pathOf = (url: string): string => new URL(url).pathname

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf(answer: Response): string {
  const cookie = answer.headers.get('set-cookie')?.split(';')[0]
  if (!cookie) throw new Error(`no cookie in an answer of ${answer.status}`)
  return cookie
}
