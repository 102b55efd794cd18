import type { Preferences } from '../../actions/preferences.ts'
import { dayOfYear } from '../../domain/dates.ts'
import { maskAddress } from '../../domain/email-address.ts'
import type { Subscription } from '../../domain/subscription.ts'
import { joinPromise } from '../../domain/wording.ts'
import { preferencesWords } from '../../domain/words/preferences.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { type Offered, sayWhen } from '../views/sign-up-form.tsx'
import type { Ground } from './ground.ts'
import { Outcome } from './preferences-outcome.tsx'
import { type Place, type Told, toPage } from './preferences-place.ts'
import { Profile } from './preferences-profile.tsx'

type Props = Ground & Told & { now: Preferences; token: string }

/** A reader's preferences: from a digest's link what lessens, from a fresh one everything. */
export const PreferencesPage = ({ now, changed, faults, ...place }: Props) => {
  const words = preferencesWords[place.language].preferences
  const { address } = now.subscriber
  const all = now.scope === 'all'
  return (
    <ReaderPage {...place} title={words.title} noindex>
      <p class="muted">{words.for(all ? address : maskAddress(address))}</p>
      <Outcome place={place} now={now} changed={changed} faults={faults} />
      {now.barred && (
        <Notice tone="look">
          <p>{words.barred}</p>
        </Notice>
      )}
      <Yours place={place} now={now} />
      {now.joinable.length > 0 && <Joinable place={place} joinable={now.joinable} />}
      {all ? (
        <Profile place={place} subscriber={now.subscriber} changed={changed} faults={faults} />
      ) : (
        <form class="form" {...toPage(place)}>
          <p>{words.lessen}</p>
          <Button kind="main" name="do" value="link">
            {words.more}
          </Button>
        </form>
      )}
    </ReaderPage>
  )
}

const Yours = ({ place, now }: { place: Place; now: Preferences }) => {
  const words = preferencesWords[place.language].preferences
  const shown = now.subscriptions.filter(
    ({ newsletter, subscription }) =>
      subscription.state !== 'ended' || !now.joinable.some(one => one.id === newsletter.id),
  )
  const having = shown.filter(row => row.subscription.state !== 'ended').length
  return (
    <section class="part">
      <h2>{words.yours}</h2>
      {having === 0 && <p>{words.none}</p>}
      <ul class="choices">
        {shown.map(({ newsletter, subscription }) => (
          <li>
            <Name newsletter={newsletter} language={place.language} />
            {subscription.state !== 'active' && <p class="muted">{stateOf(subscription, place)}</p>}
            <Choices place={place} newsletter={newsletter} subscription={subscription} />
          </li>
        ))}
      </ul>
      {having > 1 && (
        <form {...toPage(place)}>
          <Button name="do" value="all">
            {words.leaveAll}
          </Button>
        </form>
      )}
    </section>
  )
}

const Name = ({ newsletter, language }: { newsletter: Offered; language: Ground['language'] }) => (
  <p class="choice">
    <strong lang={newsletter.language === language ? undefined : newsletter.language}>
      {newsletter.name}
    </strong>{' '}
    <span class="muted">{sayWhen(newsletter, language)}</span>
  </p>
)

type Resting = Exclude<Subscription, { state: 'active' }>

function stateOf(subscription: Resting, { language, publication }: Ground): string {
  const words = preferencesWords[language].preferences
  const day = (at: Date) => dayOfYear(at, publication.timeZone, language)
  switch (subscription.state) {
    case 'paused':
      return words.paused(day(subscription.until))
    case 'ended':
      return words.ended(day(subscription.at))
  }
}

type ChoicesProps = { place: Place; newsletter: Newsletter; subscription: Subscription }

/** Each choice is a button that posts by itself: nothing here needs a script. */
const Choices = ({ place, newsletter: { id, name }, subscription }: ChoicesProps) => {
  const words = preferencesWords[place.language].preferences
  if (subscription.state === 'ended') return null
  return (
    <form class="buttons" {...toPage(place)}>
      <input type="hidden" name="newsletter" value={id} />
      {subscription.state === 'paused' ? (
        <Button name="do" value="resume" label={words.resumeLabel(name)}>
          {words.resume}
        </Button>
      ) : (
        <>
          <Button name="do" value="pause-two-weeks" label={words.pauseTwoWeeksLabel(name)}>
            {words.pauseTwoWeeks}
          </Button>
          <Button name="do" value="pause-month" label={words.pauseMonthLabel(name)}>
            {words.pauseMonth}
          </Button>
        </>
      )}
      <Button name="do" value="leave" label={words.leaveLabel(name)}>
        {words.leave}
      </Button>
    </form>
  )
}

const Joinable = ({ place, joinable }: { place: Place; joinable: readonly Newsletter[] }) => {
  const words = preferencesWords[place.language].preferences
  return (
    <section class="part">
      <h2>{words.others}</h2>
      <ul class="choices">
        {joinable.map(newsletter => (
          <li>
            <Name newsletter={newsletter} language={place.language} />
            <p class="muted">
              {newsletter.description}
              {newsletter.carriesAdvertising && ` ${words.advertising}`}
            </p>
            <form class="buttons" {...toPage(place)}>
              <input type="hidden" name="newsletter" value={newsletter.id} />
              <Button name="do" value="join" label={words.joinLabel(newsletter.name)}>
                {words.join}
              </Button>
            </form>
          </li>
        ))}
      </ul>
      <p class="hint">{joinPromise[place.language](place.publication.name)}</p>
    </section>
  )
}
