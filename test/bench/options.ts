import { scriptArguments } from '../support/script-arguments.ts'

/** What may be asked of a bench; each has a default of its own for what is absent. */
export type Options = {
  recipients?: number
  sizes?: string[]
  connections?: number[]
  dkim: boolean
  tls: boolean
  /** One size, one number of connections, few rows: to see that it runs. */
  short: boolean
}

export function parseOptions(usage: string): { bench: string; options: Options } {
  const { values, positionals } = scriptArguments(usage, {
    allowPositionals: true,
    options: {
      recipients: { type: 'string' },
      sizes: { type: 'string' },
      connections: { type: 'string' },
      dkim: { type: 'boolean', default: false },
      tls: { type: 'boolean', default: false },
      short: { type: 'boolean', default: false },
    },
  })
  const { recipients, sizes, connections, ...flags } = values
  return {
    bench: positionals[0] ?? 'send',
    options: {
      ...flags,
      ...(recipients && { recipients: Number(recipients) }),
      ...(sizes && { sizes: sizes.split(',') }),
      ...(connections && { connections: connections.split(',').map(Number) }),
    },
  }
}
