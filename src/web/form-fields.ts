import type { Context } from 'hono'

/** What a browser sent: one text per field. */
export type Fields = Record<string, string>

/**
 * The fields of a form, the last value of each name, with line ends as LF and without NUL, which no text column
 * takes. Files are left out.
 */
export async function formFields(c: Context): Promise<Fields> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.replaceAll('\r\n', '\n').replaceAll('\0', '')]] : [],
    ),
  )
}
