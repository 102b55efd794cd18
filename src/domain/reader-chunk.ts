import { z } from 'zod'
import { type CsvRow, notAttributes } from './subscriber-csv.ts'
import { line } from './text.ts'

/** How many readers a chunk may have. */
export const mostReaders = 5000
const mostAttributes = 100
const longestName = 100

/**
 * Attributes as a file's columns are: names in lower case, outer white space gone. What a value may be is the import's
 * to say, row by row. No `z.record`: it drops one that is called `__proto__` without a word.
 */
const attributes = z
  .unknown()
  .meta({ type: 'object', additionalProperties: { type: 'string' }, maxProperties: mostAttributes })
  .transform((given, context): Record<string, string> => {
    const kept: Record<string, string> = Object.create(null)
    const fault = (message: string, ...path: string[]) => context.addIssue({ code: 'custom', message, path })
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      fault('must be an object of texts')
      return kept
    }
    const entries = Object.entries(given)
    if (entries.length > mostAttributes) {
      fault(`must be at most ${mostAttributes} attributes`)
      return kept
    }
    for (const [typed, value] of entries) {
      // Half a character (a lone surrogate) is no Unicode, and jsonb throws.
      const name = typed.toWellFormed().trim().toLowerCase()
      if (typeof value !== 'string') fault('must be a text', typed)
      else if (name === '' || name.length > longestName)
        fault(`an attribute’s name has 1 to ${longestName} characters`, typed)
      else if (notAttributes.has(name)) fault('can’t be the name of an attribute', typed)
      else if (name in kept) fault('is there twice: small and capital letters are the same', typed)
      else kept[name] = value.toWellFormed().trim()
    }
    return kept
  })

// What else a reader has is passed over, so that an export's readers can be sent as they are.
const reader = z.object({
  email: z.string(),
  name: z.string().nullish(),
  attributes: attributes.optional(),
  tags: z.array(z.string()).optional().describe('A comma or a semicolon within one parts it in two.'),
})

/** Readers to be imported: a list by itself, or a part of a longer one. A field that is misspelt is refused. */
export const readerChunk = z.strictObject({
  newsletter: line(60, 1).describe('The slug of the newsletter they get.'),
  consent: line(1000, 1).describe('Where their consent came from; kept as the proof.'),
  source: line(100)
    .default('')
    .describe(
      'Where the list is from, such as a file’s name. Chunks with the same newsletter, consent and source within an hour share one proof.',
    ),
  mode: z
    .enum(['add', 'update'])
    .default('add')
    .describe('`update` also takes names, attributes and tags of readers who are there.'),
  dryRun: z.boolean().default(false).describe('Report, and write nothing.'),
  readers: z.array(reader).max(mostReaders, `must be at most ${mostReaders} readers a call`),
})

/** The readers as a file's rows, counted from 1. */
export const rowsOf = ({ readers }: z.infer<typeof readerChunk>): CsvRow[] =>
  readers.map(({ email, name, attributes, tags }, at) => ({
    row: at + 1,
    cells: Object.assign(Object.create(null), attributes, {
      email,
      name: name ?? '',
      tags: tags?.join(',') ?? '',
    }),
  }))
