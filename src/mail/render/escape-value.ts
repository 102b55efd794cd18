import type { Context } from 'liquidjs'
import { Markup } from './markup.ts'
import { escapeHtml } from './slots.ts'

/** What a template writes of a value: HTML of ours as it is, all else escaped, whatever filters it went through. */
export function escapeValue(this: { context?: Context } | undefined, value: unknown): string {
  const text = textOf(value)
  // Counted as memory: what a template keeps in a variable and writes twice doubles it.
  this?.context?.memoryLimit.use(text.length)
  return value instanceof Markup ? text : escapeHtml(text)
}

function textOf(value: unknown): string {
  if (value instanceof Markup) return value.html
  if (value === null || value === undefined) return ''
  return Array.isArray(value) ? value.map(textOf).join('') : String(value)
}
