import { type ParseArgsConfig, parseArgs } from 'node:util'

/** What a script was asked. `--help` prints how it is used and ends it with 0; what it can't read ends it as `misused`. */
export function scriptArguments<T extends ParseArgsConfig>(usage: string, config: T) {
  const args = process.argv.slice(2)
  if (args.includes('--help') || args.includes('-h')) {
    console.log(usage)
    process.exit(0)
  }
  try {
    return parseArgs<T>({ ...config, args })
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      return misused(error.message.replace(/(\. |\n).*/s, ''))
    throw error
  }
}

/** Ends a script that was started wrongly: one line, and 2. */
export function misused(fault: string): never {
  console.error(`${fault}; --help tells what there is`)
  process.exit(2)
}
