import type { Context } from 'hono'
import { paceOf, type Sample, withSample } from '../../domain/progress.ts'
import type { Queryable } from '../../store/client.ts'
import { type Dispatch, findDispatchOf } from '../../store/dispatches.ts'
import type { AppEnv } from '../env.ts'
import { textStream } from '../text-stream.ts'
import { isMoving, Progress, type ProgressProps } from './progress.tsx'
import { waitsOf } from './waits.ts'

const second = 1000
/** So long one answer goes on, or a page asks again by itself. */
export const liveFor = 5 * 60 * second

type Props = Omit<ProgressProps, 'dispatch' | 'pace' | 'waits'>

/**
 * The progress of a dispatch as server-sent events, one a second while something changes, and `done` once it stands
 * still. Ends when the reader goes away, the server stops, or after five minutes: pages ask anew then.
 */
export function progressEvents(c: Context<AppEnv>, props: Props, stopping: AbortSignal): Response {
  const gone = new AbortController()
  const end = AbortSignal.any([stopping, gone.signal, c.req.raw.signal])
  const events = untilFault(c, follow(c.var.services.db, props, end))
  return new Response(
    textStream(events, () => gone.abort()),
    {
      headers: {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        // nginx would keep it back.
        'x-accel-buffering': 'no',
      },
    },
  )
}

/** A database that is away ends the stream: the page asks anew, less and less often. */
async function* untilFault({ var: { services } }: Context<AppEnv>, events: AsyncGenerator<string>) {
  try {
    yield* events
  } catch (error) {
    services.log.warn({ err: error }, 'the progress could not be read')
  }
}

async function* follow(db: Queryable, props: Props, end: AbortSignal): AsyncGenerator<string> {
  const until = Date.now() + liveFor
  let samples: Sample[] = []
  let shown = ''
  while (!end.aborted && Date.now() < until) {
    const dispatch = await findDispatchOf(db, props.digest.id)
    if (!dispatch || !isMoving(dispatch)) {
      yield 'event: done\ndata: \n\n'
      return
    }
    samples = withSample(samples, sampleOf(dispatch))
    const waits = await waitsOf(
      db,
      props.digest.newsletters.map(one => one.id),
    )
    const html = String(<Progress {...props} {...{ dispatch, waits }} pace={paceOf(samples)} />)
    // A comment tells a proxy, and us, that the connection lives.
    yield html === shown ? ':\n\n' : `${dataOf(html)}\n\n`
    shown = html
    await sleep(second, end)
  }
}

const sampleOf = ({ intended, pending }: Dispatch): Sample => ({
  at: performance.now(),
  done: intended - pending,
})

const dataOf = (text: string) =>
  text
    .split(/\r\n|\r|\n/)
    .map(line => `data: ${line}`)
    .join('\n')

const sleep = (ms: number, end: AbortSignal) =>
  new Promise<void>(resolve => {
    const wake = () => {
      clearTimeout(timer)
      end.removeEventListener('abort', wake)
      resolve()
    }
    const timer = setTimeout(wake, ms)
    end.addEventListener('abort', wake)
    if (end.aborted) wake()
  })
