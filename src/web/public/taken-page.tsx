import { sayList } from '../../domain/say-list.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { Button } from '../views/parts/buttons.tsx'
import { Notice } from '../views/parts/status.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import type { Ground } from './ground.ts'

type Props = Ground & {
  /** As it was typed, parsed. */
  address: string
  /** A likely correction of it. */
  suggestion?: string
  name?: string
  newsletters: readonly { slug: string; name: string }[]
}

/** After every sign-up, whatever the address's state: what comes next, and what to do when nothing comes. */
export const TakenPage = ({ address, suggestion, name, newsletters, ...ground }: Props) => {
  const words = joiningWords[ground.language].taken
  const names = sayList(
    newsletters.map(newsletter => newsletter.name),
    ground.language,
  )
  return (
    <ReaderPage {...ground} title={words.title} noindex>
      <p class="lead">{words.text(address, names)}</p>
      {suggestion && (
        <Notice
          tone="look"
          title={words.didYouMean(suggestion)}
          action={
            <form method="post" action="/subscribe">
              <input type="hidden" name="email" value={suggestion} />
              {newsletters.map(newsletter => (
                <input type="hidden" name="newsletter" value={newsletter.slug} />
              ))}
              {name && <input type="hidden" name="name" value={name} />}
              <Button kind="main">{words.correct(suggestion)}</Button>
            </form>
          }
        >
          <p>{words.asTyped(address)}</p>
        </Notice>
      )}
      <NoMail {...ground} address={address} />
    </ReaderPage>
  )
}

/** What to do when no mail comes: the same for all. */
export const NoMail = ({ publication, language, address }: Ground & { address: string }) => {
  const { noMail, hints } = joiningWords[language].taken
  const contact = publication.replyTo || publication.senderAddress
  return (
    <>
      <h2>{noMail}</h2>
      <ul class="hints">
        <li>{hints.wait}</li>
        <li>
          {hints.check(address)} <a href="/subscribe">{joiningWords[language].signUp.again}</a>
        </li>
        <li>{hints.limits}</li>
        <li>
          {hints.barred}
          {contact ? (
            <>
              : <a href={`mailto:${contact}`}>{hints.write}</a>.
            </>
          ) : (
            '.'
          )}
        </li>
      </ul>
    </>
  )
}
