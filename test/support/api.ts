import { createKey } from '../../src/actions/create-key.ts'
import type { Role } from '../../src/domain/roles.ts'
import type { TestApp } from './app.ts'

// biome-ignore lint/suspicious/noExplicitAny: an answer of the API as a program sees it
type Json = any

export type Client = (
  method: string,
  path: string,
  body?: unknown,
) => Promise<{ status: number; type: string; body: Json; headers: Headers }>

/** A program that talks to the API under a key of this role; without one where `role` is undefined. */
export async function clientOf({ services, request }: TestApp, role?: Role): Promise<Client> {
  const key = role && (await createKey(services, { name: role, role })).key
  return async (method, path, body) => {
    const response = await request(`/api/v1${path}`, {
      method,
      headers: {
        ...(key && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const type = response.headers.get('content-type') ?? ''
    const text = await response.text()
    return {
      status: response.status,
      type,
      headers: response.headers,
      body: type.includes('json') ? JSON.parse(text) : text,
    }
  }
}
