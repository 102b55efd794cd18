/** What came back for a URL: any status; the body of one outside 200–299 is not read and stays empty. */
export type FetchAnswer = {
  kind: 'answer'
  status: number
  headers: Pick<Headers, 'get'>
  /** The URL that answered, after redirects. */
  url: URL
  /** Decompressed. */
  body: Uint8Array
}

/** Why nothing came back, in kinds that the caller turns into words. */
export type FetchRefusal =
  | { kind: 'scheme'; scheme: string }
  | { kind: 'blocked-address'; host: string; reason: 'private' | 'port' | 'credentials' }
  /** `perhaps`: no server of the DNS answered, so that the name may well be there. */
  | { kind: 'unknown-host'; host: string; perhaps?: true }
  | { kind: 'timeout' }
  | { kind: 'too-large'; maxBytes: number }
  | { kind: 'unreachable'; host: string; reason: string }

type FetchInit = {
  /** HEAD asks for no body; absent: GET. */
  method?: 'GET' | 'HEAD'
  /** Ends the whole of it: names, connections, redirects and the body. */
  signal: AbortSignal
  headers: Record<string, string>
  /** The most that a body may hold once it is decompressed. */
  maxBytes: number
}

/**
 * Gets a public page: only http and https, only addresses that anybody could reach, through at most five
 * redirects. Each runtime brings its own. What goes wrong outside is a refusal; only our own faults throw.
 */
export type Fetcher = (url: URL, init: FetchInit) => Promise<FetchAnswer | FetchRefusal>

/** Who we say we are to the sites we read. */
export const userAgent = (publicUrl: string): string => `Broadsheet/0.1 (+${publicUrl})`
