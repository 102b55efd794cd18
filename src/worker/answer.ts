import { createApp } from '../web/app.ts'
import type { Env, Lifetime } from './bindings.ts'
import { type Invocation, openInvocation, sayFaults } from './invocation.ts'
import { wake } from './wakes.ts'

const app = createApp(env => (env as Pick<Invocation, 'services'>).services)

/** Of six sockets that an invocation may have, one is left for a message to the queue. */
const connections = 5

/** Answers a request. Pictures never change: they are kept where their readers are, and asked of us once in each place. */
export async function answer(request: Request, env: Env, lifetime: Lifetime): Promise<Response> {
  const isPicture = request.method === 'GET' && new URL(request.url).pathname.startsWith('/pictures/')
  if (!isPicture) return ask(request, env, lifetime)
  const edge = (caches as unknown as { default: Cache }).default
  const kept = await edge.match(request)
  if (kept) return kept
  const response = await ask(request, env, lifetime)
  if (response.status === 200) lifetime.waitUntil(edge.put(request, response.clone()))
  return response
}

async function ask(request: Request, env: Env, lifetime: Lifetime): Promise<Response> {
  const invocation = await openInvocation(env, connections).catch(sayFaults)
  if (!invocation) return notSetUp()
  // What goes on when the answer is out, such as a count, still asks the database.
  const afterwards: Promise<unknown>[] = []
  const inside: Lifetime = {
    waitUntil: promise => void afterwards.push(promise),
    passThroughOnException: () => lifetime.passThroughOnException(),
  }
  const end = async () => {
    await Promise.allSettled(afterwards)
    await Promise.all([invocation.close(), invocation.woken() && wake(env)])
  }
  try {
    const response = await app.fetch(request, { services: invocation.services }, inside as never)
    return endAfter(response, lifetime, end)
  } catch (error) {
    lifetime.waitUntil(end())
    throw error
  }
}

const notSetUp = () =>
  new Response('Broadsheet is not set up yet. Its log says what is missing.\n', { status: 503 })

/** The answer, whose body may still be read from the database when its head is sent. */
function endAfter(response: Response, lifetime: Lifetime, end: () => Promise<void>): Response {
  if (!response.body) {
    lifetime.waitUntil(end())
    return response
  }
  const { readable, writable } = new TransformStream()
  lifetime.waitUntil(
    response.body
      .pipeTo(writable)
      .catch(() => {})
      .finally(end),
  )
  return new Response(readable, response)
}
