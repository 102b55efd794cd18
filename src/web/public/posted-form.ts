import type { Context } from 'hono'
import { formBody, isText } from '../form-body.ts'

/** What a reader or a mail client posted: the values of a name as they came, without files. */
export type PostedForm = {
  all(name: string): string[]
  one(name: string): string
  has(name: string): boolean
}

export async function postedForm(c: Context): Promise<PostedForm> {
  const body = await formBody(c)
  const all = (name: string) => (body.get(name) ?? []).filter(isText)
  return { all, one: name => all(name).at(-1) ?? '', has: name => all(name).length > 0 }
}
