/** A queue of the platform, of which this is all that is used. */
type Queue<Body> = {
  send(body: Body, options?: { delaySeconds?: number }): Promise<unknown>
  sendBatch(messages: readonly { body: Body }[]): Promise<unknown>
}

/** One batch of a dispatch is to be delivered. */
export type BatchMessage = { batch: number }
/** Something is due, or is about to be. */
type WakeMessage = { wake: true }

/** What wrangler.toml binds, beside the variables and secrets that `parseConfig` reads. */
type Bindings = {
  HYPERDRIVE: { connectionString: string }
  BATCHES: Queue<BatchMessage>
  WAKES: Queue<WakeMessage>
}
export type Env = Bindings & Record<string, unknown>

/** What goes on when an answer is out. */
export type Lifetime = { waitUntil(promise: Promise<unknown>): void; passThroughOnException(): void }

/** What the platform hands a consumer. */
export type MessageBatch = {
  queue: string
  messages: readonly {
    body: unknown
    attempts: number
    ack(): void
    retry(options?: { delaySeconds?: number }): void
  }[]
}
