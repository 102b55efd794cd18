import { sayList } from '../../domain/say-list.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { Subscriber } from '../../store/subscribers.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

type Removal = WorkspaceFrame & { subscriber: Subscriber; newsletter: Newsletter }

/** What an editor can't take back has its own page. */
export const RemoveFromPage = ({ subscriber, newsletter, ...frame }: Removal) => {
  const words = oneReaderWords[frame.language].removing
  const path = `/admin/readers/${subscriber.id}`
  return (
    <WorkspacePage {...frame} title={words.title(newsletter.name)} current="readers">
      <p>{words.text(subscriber.address, newsletter.name)}</p>
      <form method="post" action={`${path}/newsletters/${newsletter.id}/remove`}>
        <Buttons>
          <Button kind="danger">{words.act(newsletter.name)}</Button>
          <ButtonLink href={path}>{readerWords[frame.language].cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}

/** The same for all that the reader gets. */
export const RemoveFromAllPage = ({
  subscriber,
  newsletters,
  ...frame
}: WorkspaceFrame & { subscriber: Subscriber; newsletters: readonly Newsletter[] }) => {
  const words = oneReaderWords[frame.language].removing
  const path = `/admin/readers/${subscriber.id}`
  const names = sayList(
    newsletters.map(newsletter => newsletter.name),
    frame.language,
  )
  return (
    <WorkspacePage {...frame} title={words.titleAll} current="readers">
      <p>{words.text(subscriber.address, names)}</p>
      <form method="post" action={`${path}/remove`}>
        <Buttons>
          <Button kind="danger">{words.actAll(newsletters.length)}</Button>
          <ButtonLink href={path}>{readerWords[frame.language].cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}

/** Erasure (GDPR 17), asked for by the reader. */
export const EraseReaderPage = ({ subscriber, ...frame }: WorkspaceFrame & { subscriber: Subscriber }) => {
  const words = oneReaderWords[frame.language].erasing
  const path = `/admin/readers/${subscriber.id}`
  return (
    <WorkspacePage {...frame} title={words.title} current="readers">
      <p>{words.text(subscriber.address)}</p>
      <form method="post" action={`${path}/erase`}>
        <Buttons>
          <Button kind="danger">{words.act}</Button>
          <ButtonLink href={path}>{readerWords[frame.language].cancel}</ButtonLink>
        </Buttons>
      </form>
    </WorkspacePage>
  )
}
