import { expect, test } from 'vitest'
import { clientOf } from '../support/api.ts'
import { openTestApp } from '../support/app.ts'

const owner = await clientOf(await openTestApp(), 'owner')

const library = /expected|received|invalid|nan|string|array|boolean|undefined|too (big|small)/i

test.each<[string, string, unknown, string, string | RegExp]>([
  ['GET', '/digests?limit=many', undefined, '/limit', 'must be a whole number'],
  ['GET', '/digests?limit=1.5', undefined, '/limit', 'must be a whole number'],
  ['GET', '/digests?limit=0', undefined, '/limit', 'must be at least 1'],
  ['GET', '/digests?limit=501', undefined, '/limit', 'must be at most 500'],
  ['GET', '/digests?after=-1', undefined, '/after', 'must be at least 0'],
  ['GET', '/digests/1/preview?format=pdf', undefined, '/format', 'must be one of html, text'],
  ['POST', '/digests', [], '', 'must be an object'],
  ['POST', '/digests', { subject: 7 }, '/subject', 'must be a text'],
  ['POST', '/digests', { newsletters: 'daily' }, '/newsletters', 'must be a list'],
  ['POST', '/digests', { newsletters: Array(21).fill('a') }, '/newsletters', 'must be at most 20 items'],
  ['POST', '/digests', { blocks: [{}] }, '/blocks/0/type', /^must be one of heading, text, article/],
  ['POST', '/digests', { blocks: [{ type: 'heading' }] }, '/blocks/0/text', 'is missing'],
  [
    'POST',
    '/digests',
    { blocks: [{ type: 'article', articleId: 1.5 }] },
    '/blocks/0/articleId',
    'must be a whole number',
  ],
  [
    'POST',
    '/digests',
    { blocks: [{ type: 'article', articleId: -1 }] },
    '/blocks/0/articleId',
    'must be more than 0',
  ],
  [
    'POST',
    '/digests',
    { blocks: [{ type: 'seeAlso', articleIds: [] }] },
    '/blocks/0/articleIds',
    'must not be empty',
  ],
  [
    'POST',
    '/digests',
    { blocks: [{ type: 'divider', colour: 'red' }] },
    '/blocks/0',
    'has what is not known here: colour',
  ],
  ['POST', '/digests/1/retry', {}, '/states', 'is missing'],
  ['POST', '/digests/1/dispatch', { at: 'tomorrow' }, '/at', /^must be a moment with its zone, such as /],
  ['POST', '/digests/1/dispatch', { breaking: 'yes' }, '/breaking', 'must be true or false'],
  ['POST', '/articles', {}, '/url', 'is missing'],
  ['POST', '/articles', article({ section: 7 }), '/section', 'must be a text'],
  ['POST', '/articles', article({ language: 7 }), '/language', 'must be a text'],
  ['POST', '/articles', article({ kind: 'ad' }), '/kind', 'must be one of editorial, partner'],
  [
    'POST',
    '/articles',
    article({ embargoUntil: '2026' }),
    '/embargoUntil',
    /^must be a moment with its zone/,
  ],
  ['POST', '/articles', article({ publishedAt: 'x' }), '/publishedAt', /^must be a moment/],
  ['POST', '/newsletters', { slug: 'a' }, '/name', 'is missing'],
  ['POST', '/newsletters', { slug: 'a', name: 'A', language: 'fr' }, '/language', 'must be one of en, de'],
])('%s %s %j says at the field what to do', async (method, path, body, pointer, detail) => {
  const answer = await owner(method, path, body)
  expect(answer.status).toBe(422)
  const faults = answer.body.errors as { pointer: string; detail: string }[]
  expect(faults).toEqual([
    { pointer, detail: typeof detail === 'string' ? detail : expect.stringMatching(detail) },
  ])
  expect(faults[0]!.detail).not.toMatch(library)
})

function article(more: object) {
  return { title: 'A', url: 'https://example.com/a', ...more }
}
