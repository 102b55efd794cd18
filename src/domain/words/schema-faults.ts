import type { z } from 'zod'

type Fault = z.core.$ZodRawIssue

const kinds: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

const formats: Record<string, string> = {
  datetime: 'a moment with its zone, such as 2026-12-01T06:30:00Z',
  date: 'a day such as 2026-12-01',
}

const units: Record<string, string> = { string: ' characters', array: ' items' }

const oneOf = (values: readonly unknown[]) =>
  values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`

/** What a field that no schema has words of its own for must be, in plain words: they follow the field's name. */
export function sayFault(fault: Fault): string {
  switch (fault.code) {
    case 'invalid_type':
      return fault.input === undefined ? 'is missing' : `must be ${kinds[fault.expected] ?? fault.expected}`
    case 'invalid_value':
      return fault.input === undefined ? 'is missing' : oneOf(fault.values)
    case 'invalid_format':
      return `must be ${formats[fault.format] ?? 'of another form'}`
    case 'too_big':
      return `must be ${fault.inclusive === false ? 'less than' : 'at most'} ${fault.maximum}${units[fault.origin] ?? ''}`
    case 'too_small':
      if (units[fault.origin] && fault.minimum === 1) return 'must not be empty'
      return `must be ${fault.inclusive === false ? 'more than' : 'at least'} ${fault.minimum}${units[fault.origin] ?? ''}`
    case 'unrecognized_keys':
      return `has what is not known here: ${fault.keys.join(', ')}`
    case 'invalid_union':
      return ofUnion(fault)
    default:
      return 'can’t be taken'
  }
}

/** Of alternatives the first is what is meant; the others are ways to leave it out. */
function ofUnion(fault: Extract<Fault, { code: 'invalid_union' }>): string {
  if (Array.isArray(fault.options)) return oneOf(fault.options)
  const [meant] = fault.errors[0] ?? []
  return meant?.path.length === 0 ? meant.message : 'can’t be taken'
}
