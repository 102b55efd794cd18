import type { z } from 'zod'
import type { Language } from '../domain/languages.ts'
import { formFault } from '../domain/words/form-faults.ts'

/** One sentence per faulty field. */
export type FormErrors = Record<string, string>

/** Reads what was typed by a schema; each faulty field gets its first fault, in the editor's words. */
export function readForm<T extends z.ZodType>(
  schema: T,
  fields: unknown,
  language: Language,
): { kind: 'read'; data: z.output<T> } | { kind: 'refused'; errors: FormErrors } {
  const reading = schema.safeParse(fields)
  if (reading.success) return { kind: 'read', data: reading.data }
  const errors: FormErrors = {}
  for (const { path, message } of reading.error.issues)
    errors[String(path[0] ?? '')] ??= formFault(language, message)
  return { kind: 'refused', errors }
}
