/** What a process is started with. */
export type Environment = Record<string, string | undefined>

/** Reads variables one by one, and notes what is wrong with them, in words for the person who starts the process. */
export class EnvironmentReader {
  readonly faults: string[] = []
  readonly #env: Environment

  constructor(env: Environment) {
    this.#env = env
  }

  fault(name: string, text: string): void {
    this.faults.push(`${name}: ${text}`)
  }

  /** What it is set to, without space around it; undefined where that is nothing. */
  value(name: string): string | undefined {
    return this.#env[name]?.trim() || undefined
  }

  integer(name: string, fallback: number, least: number, most: number): number {
    const text = this.value(name)
    if (text === undefined) return fallback
    const number = Number(text)
    if (Number.isInteger(number) && number >= least && number <= most) return number
    this.fault(name, `"${text}" is not a whole number from ${least} to ${most}`)
    return fallback
  }

  /** Undefined where it is not set, or at fault; `orElse` tells what is valid beside these schemes. */
  url(name: string, schemes: readonly string[], orElse = ''): URL | undefined {
    const text = this.value(name)
    if (text === undefined) return undefined
    const parsed = URL.canParse(text) ? new URL(text) : undefined
    if (parsed && schemes.includes(parsed.protocol)) return parsed
    const starts = schemes.map(scheme => `${scheme}//`).join(' or ')
    this.fault(name, `is not a URL that starts with ${starts}${orElse}`)
    return undefined
  }

  /** A URL that is nothing but an origin. */
  origin(name: string, schemes: readonly string[], example: string): URL | undefined {
    const url = this.url(name, schemes)
    if (url && `${url.origin}/` !== url.href)
      this.fault(name, `may have a scheme, a host and a port, nothing else, such as ${example}`)
    return url
  }

  /** What stands between commas. */
  list(name: string, isOne: (text: string) => boolean, what: string): string[] {
    const items = (this.value(name) ?? '')
      .split(',')
      .map(item => item.trim())
      .filter(Boolean)
    for (const item of items)
      if (!isOne(item)) this.fault(name, `"${item}" is not one of ${what}, separated by commas`)
    return items
  }
}
