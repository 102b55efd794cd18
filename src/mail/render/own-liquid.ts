import { analyzeSync, Context, Liquid, LiquidError, type Template } from 'liquidjs'
import { TemplateError, type TemplateFault, type TemplateFaultCode } from '../../domain/template.ts'
import { liquidOptions, type TemplateModel, withLook } from './compile-template.ts'

/** What an editor's template may do: a closed list, in which nothing is slow and nothing reads files. */
const tags = [
  ...['#', 'assign', 'break', 'capture', 'case', 'comment', 'continue', 'cycle', 'decrement', 'echo', 'for'],
  ...['if', 'increment', 'raw', 'unless'],
]
const filters = [
  ...[
    'append',
    'at_least',
    'at_most',
    'capitalize',
    'ceil',
    'default',
    'divided_by',
    'downcase',
    'escape',
    'first',
  ],
  ...[
    'floor',
    'join',
    'last',
    'minus',
    'modulo',
    'plus',
    'prepend',
    'raw',
    'replace',
    'reverse',
    'round',
    'size',
  ],
  ...['slice', 'split', 'strip', 'times', 'truncate', 'truncatewords', 'upcase', 'url_encode'],
]

/** How much of everything: parts of a template that are run, characters and objects that are made. */
const most = { source: 100_000, steps: 50_000, memory: 2_000_000, output: 1_000_000 }

/** Liquid for templates that editors write: bounded, and on its own. Nothing of it outlives a rendering. */
function boundedLiquid(): Liquid {
  const engine = new Liquid({
    ...liquidOptions,
    catchAllErrors: true,
    templates: {},
    parseLimit: most.source,
  })
  for (const name of Object.keys(engine.tags)) if (!tags.includes(name)) delete engine.tags[name]
  for (const name of Object.keys(engine.filters)) if (!filters.includes(name)) delete engine.filters[name]
  // What is HTML of ours is known without it, and nothing else may be.
  engine.registerFilter('raw', value => value)
  engine.registerFilter('escape', value => value)
  return engine
}

/** A template that was read, and can be filled several times. */
export type OwnTemplate = {
  /** Throws `TemplateError` with all the lines that ask for what is not there, or for too much. */
  fill(model: TemplateModel): string
  /** Names that it asks for anywhere, conditions too, and that neither the model nor itself has. */
  unknownNames(model: TemplateModel): TemplateFault[]
}

/** Reads an editor's template. Throws `TemplateError` with the line of what Liquid can't read. */
export function readOwnTemplate(source: string): OwnTemplate {
  const engine = boundedLiquid()
  const parsed = caught(() => engine.parse(source))
  return {
    fill: model => caught(() => fill(engine, parsed, withLook(model))),
    unknownNames: model => unknownNames(parsed, withLook(model)),
  }
}

function unknownNames(parsed: Template[], scope: object): TemplateFault[] {
  const { globals, locals } = analyzeSync(parsed, { partials: false })
  return Object.entries(globals)
    .filter(([name]) => !Object.hasOwn(scope, name) && !Object.hasOwn(locals, name))
    .flatMap(([name, places]) =>
      places.map(({ location }) => ({ line: location.row, code: 'unknown-name' as const, detail: name })),
    )
}

function fill(engine: Liquid, parsed: Template[], scope: object): string {
  // By the number of steps rather than by the clock, which stands still on Workers while something runs.
  let steps = 0
  const renderLimit = {
    use() {},
    check() {
      if (++steps > most.steps) throw new Error('template render limit exceeded')
    },
  } as unknown as Context['renderLimit']
  const context = new Context(
    scope,
    engine.options,
    { sync: true, memoryLimit: most.memory },
    {
      renderLimit,
      liquid: engine,
    },
  )
  const output: string = engine.renderSync(parsed, context)
  if (output.length > most.output) throw new TemplateError([{ line: null, code: 'too-much', detail: '' }])
  return output
}

function caught<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof TemplateError) throw error
    const errors = (error as { errors?: LiquidError[] }).errors ?? [error]
    throw new TemplateError(distinct(errors.flatMap(faultsOf)))
  }
}

/** What Liquid says, which ends with the place: "undefined variable: x, line:3, col:7". */
function faultsOf(error: unknown): TemplateFault[] {
  if (error instanceof RangeError || !LiquidError.is(error))
    return [{ line: null, code: 'too-much', detail: '' }]
  const inner = (error as { errors?: unknown[] }).errors
  if (inner) return inner.flatMap(faultsOf)
  const line = error.token.getPosition()[0] as number
  const message = error.message.replace(/(, file:[^,]*)?, line:\d+, col:\d+$/s, '')
  for (const [code, pattern] of kinds) {
    const found = pattern.exec(message)
    if (found) return [{ line, code, detail: found[1] ?? '' }]
  }
  return [{ line, code: 'liquid', detail: message.slice(0, 200).replace(/\s+/g, ' ') }]
}

const kinds: [TemplateFaultCode, RegExp][] = [
  ['unknown-name', /undefined variable: (.+)/],
  ['unknown-filter', /undefined filter: (.+)/],
  ['unknown-tag', /^tag "([^"]*)" not found/],
  ['too-much', /limit exceeded|Invalid string length|call stack/],
]

const distinct = (faults: readonly TemplateFault[]): TemplateFault[] => [
  ...new Map(faults.map(fault => [JSON.stringify(fault), fault])).values(),
]
