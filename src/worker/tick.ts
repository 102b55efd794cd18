import { pauseInterrupted } from '../actions/deliver/tend-dispatches.ts'
import { fetchFeedPictures } from '../actions/fetch-feed-pictures.ts'
import { maySend } from '../actions/home.ts'
import { keepReaderNumbers } from '../actions/keep-reader-numbers.ts'
import { pollDueFeeds } from '../actions/poll-feeds.ts'
import type { Services } from '../actions/services.ts'
import { watchNewsletters } from '../actions/watch-newsletters.ts'
import { forgetDeadConnections } from '../store/in-flight.ts'
import { purgeLinkRequests } from '../store/link-requests.ts'
import { dropOldLedgers } from '../store/old-ledgers.ts'
import { purgeNotices } from '../store/outbox.ts'
import { indexDueReaders } from '../store/reader-index.ts'
import { purgeSignUps } from '../store/sign-ups.ts'
import type { Env } from './bindings.ts'
import type { Invocation } from './invocation.ts'
import { each } from './pieces.ts'
import { sendingRound } from './round.ts'

/** The crons of wrangler.toml, each with what it does. */
export const ticks: Record<string, (env: Env, invocation: Invocation) => Promise<void>> = {
  '* * * * *': async (env, invocation) => {
    await sendingRound(env, invocation)
    await watch(invocation.services)
  },
  '*/5 * * * *': (_, { services }) => gather(services),
  '23 * * * *': (_, { services }) => tidyUp(services),
}

/** Feeds at once, and how many of them or of their pictures one tick asks for. */
const [feedsAtOnce, feedsPerTick, picturesPerTick] = [3, 30, 30]

const watch = (services: Services) =>
  each(services.log, {
    'missing newsletters': async () => {
      if (await maySend(services)) await watchNewsletters(services)
    },
    'interrupted dispatches': () => pauseInterrupted({ services }),
    'finding readers': async () => {
      while (await indexDueReaders(services.db));
    },
  })

const gather = (services: Services) =>
  each(services.log, {
    feeds: async () => {
      for (let asked = 0; asked < feedsPerTick; asked += feedsAtOnce)
        if ((await pollDueFeeds(services, { limit: feedsAtOnce })) < feedsAtOnce) return
    },
    'pictures of feeds': () => fetchFeedPictures(services, { limit: picturesPerTick }),
    'numbers of readers': () => keepReaderNumbers(services),
  })

const tidyUp = ({ db, log }: Services) =>
  each(log, {
    'old sign-ups': () => purgeSignUps(db),
    'old notices': () => purgeNotices(db),
    'old link requests': () => purgeLinkRequests(db),
    'old ledgers': () => dropOldLedgers(db),
    'dead connections': async () => forgetDeadConnections(db),
  })
