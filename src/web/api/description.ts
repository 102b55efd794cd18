import type { Hono } from 'hono'
import { generateSpecs } from 'hono-openapi'
import type { AppEnv } from '../env.ts'
import { refusalComponents, refusalsOf } from './refusals.ts'

type Document = Awaited<ReturnType<typeof generateSpecs>>
type Operation = NonNullable<NonNullable<Document['paths'][string]>['get']>

/** The API as OpenAPI describes it. What every operation refuses alike is told here, by what the operation takes. */
export async function describeApi(resources: Hono<AppEnv>): Promise<Document> {
  const document = await generateSpecs(resources, {
    // The validators answer by `refused`, never with the library's 400.
    defaultValidationErrorResponse: false,
    documentation: {
      openapi: '3.1.0',
      info: { title: 'Broadsheet', version: '1', description: 'Errors are problem documents (RFC 9457).' },
      servers: [{ url: '/api/v1' }],
      components: {
        responses: refusalComponents,
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'A key made with `broadsheet keys create`.' },
        },
      },
      security: [{ key: [] }],
    },
  })
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods ?? {}) as [string, Operation][])
      operation.responses = { ...operation.responses, ...commonRefusals(path, method, operation) }
  return document
}

function commonRefusals(path: string, method: string, { security, parameters = [] }: Operation) {
  const hasQuery = parameters.some(parameter => 'in' in parameter && parameter.in === 'query')
  const mayHaveBody = method !== 'get'
  return refusalsOf([
    ...(security?.length === 0 ? [] : [401 as const]),
    ...(path.includes('{') ? [404 as const] : []),
    ...(mayHaveBody ? [413 as const] : []),
    ...(hasQuery || mayHaveBody ? [422 as const] : []),
  ])
}
