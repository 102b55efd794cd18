import type { Context } from 'hono'

/** What was posted, urlencoded or multipart: the values of a name, without files; a body that is no form has none. */
export type PostedForm = {
  all(name: string): string[]
  one(name: string): string
  has(name: string): boolean
}

export async function postedForm(c: Context): Promise<PostedForm> {
  const body = await read(c)
  const all = (name: string) =>
    [Object.hasOwn(body, name) ? body[name] : []].flat().filter(value => typeof value === 'string')
  return { all, one: name => all(name).at(-1) ?? '', has: name => all(name).length > 0 }
}

// A multipart body that is cut or malformed makes the parser throw: whoever sent it gets the form's own faults.
async function read(c: Context): Promise<Record<string, unknown>> {
  try {
    return await c.req.parseBody({ all: true })
  } catch (error) {
    if (error instanceof TypeError) return {}
    throw error
  }
}
