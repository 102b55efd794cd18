import type { Role } from '../../src/domain/roles.ts'
import { addEditor } from '../../src/store/editors.ts'
import { startSession } from '../../src/store/sessions.ts'
import type { TestApp } from './app.ts'

export type Visitor = {
  get(path: string): Promise<Response>
  post(path: string, fields?: Record<string, string | string[]>): Promise<Response>
}

/** An editor of this role who is signed in, with a browser of their own. */
export async function signInAs(
  { services, request, post }: TestApp,
  role: Role,
): Promise<Visitor & { cookie: string; address: string }> {
  const address = `${role}-${crypto.randomUUID().slice(0, 8)}@example.com`
  const editor = await addEditor(services.db, {
    address,
    addressKey: address,
    name: role,
    role,
    language: 'en',
  })
  const secret = await startSession(services.db, editor!.id)
  const secure = services.config.publicUrl.startsWith('https:')
  const cookie = `${secure ? '__Host-broadsheet' : 'broadsheet'}=${secret}`
  return {
    address,
    cookie,
    get: path => request(path, { headers: { cookie } }),
    post: (path, fields = {}) => post(path, fields, { cookie }),
  }
}
