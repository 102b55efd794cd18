import type { Context } from 'hono'

/**
 * What was posted, urlencoded or multipart: every value of each name, files too. A body that is no form, cut or
 * malformed has none, so that whoever sent it gets the form's own faults.
 */
export async function formBody(c: Context): Promise<Map<string, (string | File)[]>> {
  try {
    const body = await c.req.parseBody({ all: true })
    return new Map(Object.entries(body).map(([name, value]) => [name, [value].flat()]))
  } catch (error) {
    // What undici's parser throws for it.
    if (error instanceof TypeError) return new Map()
    throw error
  }
}

export const isText = (value: string | File): value is string => typeof value === 'string'

/** What was typed, as a text column takes it: line ends as LF, and no NUL. */
export const asTyped = (value: string): string => value.replaceAll('\r\n', '\n').replaceAll('\0', '')

/** The octets of a posted file; undefined where none was chosen. */
export async function postedFile(c: Context, name: string): Promise<Uint8Array | undefined> {
  const file = (await formBody(c)).get(name)?.at(-1)
  // A field that was left alone comes as a file without a name.
  return file instanceof File && (file.name !== '' || file.size > 0)
    ? new Uint8Array(await file.arrayBuffer())
    : undefined
}
