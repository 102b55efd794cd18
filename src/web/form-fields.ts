import type { Context } from 'hono'
import { asTyped, formBody, isText } from './form-body.ts'

/** What a browser sent: one text per field. */
export type Fields = Record<string, string>

/** The fields of a form, the last value of each name. Files are left out. */
export async function formFields(c: Context): Promise<Fields> {
  return Object.fromEntries(
    [...(await formBody(c))].flatMap(([name, values]) => {
      const text = values.findLast(isText)
      return text === undefined ? [] : [[name, asTyped(text)]]
    }),
  )
}
