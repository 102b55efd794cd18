/** Placeholder type until the room is furnished. */
export type Fetcher = (url: URL, init: { signal?: AbortSignal; headers?: Record<string, string>; maxBytes: number }) => Promise<unknown>
