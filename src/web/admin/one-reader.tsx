import { isRoleAddress } from '../../domain/email-address.ts'
import { mayAct } from '../../domain/roles.ts'
import { oneReaderWords } from '../../domain/words/one-reader.ts'
import { readerWords } from '../../domain/words/readers.ts'
import { languageNames } from '../../domain/words/settings.ts'
import { suppressionWords } from '../../domain/words/suppressions.ts'
import type { TermInUse } from '../../store/reader-terms.ts'
import type { Suppression } from '../../store/suppressions.ts'
import { Button, ButtonLink } from '../views/parts/buttons.tsx'
import { Field } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { readerQuery } from './reader-filter.ts'
import { Consents, Digests, Mails, type ReaderHistory, Subscriptions, When } from './reader-history.tsx'
import { TermList } from './reader-search-form.tsx'
import type { FailedField } from './reader-shown.tsx'

type Props = WorkspaceFrame &
  ReaderHistory & {
    suppressions: Suppression[]
    failed?: FailedField
    /** Tags in use, to choose from. */
    tags: TermInUse[]
    done?: string
  }

/** All that is known of one reader. */
export const OneReaderPage = (props: Props) => {
  const { subscriber, actor, language, done, ...frame } = props
  const words = oneReaderWords[language]
  const owns = mayAct(actor.role, 'owner')
  return (
    <WorkspacePage
      {...{ actor, language, ...frame }}
      title={subscriber.address}
      current="readers"
      notice={
        <>
          {done && <Notice tone="good">{done}</Notice>}
          {isRoleAddress(subscriber.addressKey) && <Notice tone="look">{words.office}</Notice>}
          <Suppressed {...props} />
        </>
      }
    >
      <Facts {...props} />
      <h2>{words.subscriptions}</h2>
      <Subscriptions {...props} />
      <RemoveFromAll {...props} />
      <h2>{words.tags}</h2>
      <TagForms {...props} />
      <h2>{words.consents}</h2>
      <Consents {...props} />
      <h2 id="digests">{words.digests}</h2>
      <Digests {...props} />
      {props.mails.length > 0 && (
        <>
          <h2>{words.mails}</h2>
          <Mails {...props} />
        </>
      )}
      {!props.suppressions.some(suppression => suppression.cause === 'manual') && (
        <>
          <h2>{words.suppress}</h2>
          <SuppressForm {...props} />
        </>
      )}
      {owns && (
        <p class="buttons">
          <a href={`/admin/readers/${subscriber.id}/export`}>{words.data}</a>
          <a href={`/admin/readers/${subscriber.id}/erase`}>{words.erase}</a>
        </p>
      )}
    </WorkspacePage>
  )
}

const Suppressed = ({ subscriber, suppressions, actor, language, publication }: Props) => {
  const words = suppressionWords[language]
  return (
    <>
      {suppressions.map(suppression => (
        <Notice
          tone="look"
          title={`${readerWords[language].suppressed} · ${words.causes[suppression.cause]}`}
          action={
            mayAct(actor.role, 'owner') && (
              <form method="post" action={`/admin/readers/${subscriber.id}/lift/${suppression.id}`}>
                <Button small>{words.lift}</Button>
              </form>
            )
          }
        >
          <p>
            <When at={suppression.createdAt} {...{ publication, language }} />
            {evidenceOf(suppression) && <> · {evidenceOf(suppression)}</>}
          </p>
        </Notice>
      ))}
    </>
  )
}

/** What stands behind a suppression, in a line: the server's reply, or somebody's words. */
export function evidenceOf({ evidence }: Pick<Suppression, 'evidence'>): string {
  return Object.entries(evidence)
    .filter(([name, value]) => name !== 'editor' && ['string', 'number'].includes(typeof value))
    .map(([, value]) => String(value))
    .join(' · ')
}

const RemoveFromAll = ({ subscriber, subscriptions, language }: Props) =>
  subscriptions.filter(({ subscription }) => subscription.state === 'active').length > 1 && (
    <p class="buttons">
      <ButtonLink href={`/admin/readers/${subscriber.id}/remove`}>
        {oneReaderWords[language].removeAll}
      </ButtonLink>
    </p>
  )

const TagForms = ({ subscriber, tags, failed, language }: Props) => {
  const words = oneReaderWords[language]
  const path = `/admin/readers/${subscriber.id}/tags`
  return (
    <>
      {subscriber.tags.length > 0 && (
        <ul class="reader-tags">
          {subscriber.tags.map(tag => (
            <li>
              <a href={`/admin/readers${readerQuery({ tag })}`}>{tag}</a>
              <form method="post" action={`${path}/remove`}>
                <input type="hidden" name="tag" value={tag} />
                <Button small label={words.removeTagLabel(tag)}>
                  {words.removeTag}
                </Button>
              </form>
            </li>
          ))}
        </ul>
      )}
      <form method="post" action={path} class="stack">
        <Field
          name="tag"
          label={words.addTag}
          hint={words.addTagHint}
          value={failed?.field === 'tag' ? failed.typed : undefined}
          error={failed?.field === 'tag' ? failed.error : undefined}
          list="tags-in-use"
          autocomplete="off"
          required
          beside={<Button>{words.addTagAct}</Button>}
        />
        <TermList id="tags-in-use" terms={tags} />
      </form>
    </>
  )
}

const Facts = ({ subscriber, publication, language }: Props) => {
  const words = oneReaderWords[language]
  const names = readerWords[language]
  return (
    <dl class="facts">
      {subscriber.name && (
        <>
          <dt>{names.name}</dt>
          <dd>{subscriber.name}</dd>
        </>
      )}
      <dt>{words.language}</dt>
      <dd>{languageNames[subscriber.locale]}</dd>
      {subscriber.timeZone && (
        <>
          <dt>{words.zone}</dt>
          <dd>{subscriber.timeZone}</dd>
        </>
      )}
      <dt>{names.since}</dt>
      <dd>
        <When at={subscriber.createdAt} {...{ publication, language }} />
      </dd>
      {Object.entries(subscriber.attributes).map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  )
}

const SuppressForm = ({ subscriber, failed, language }: Props) => {
  const words = suppressionWords[language]
  return (
    <form method="post" action={`/admin/readers/${subscriber.id}/suppress`} class="stack">
      <p class="hint">{words.addText}</p>
      <Field
        name="why"
        label={words.why}
        hint={words.whyHint}
        value={failed?.field === 'why' ? failed.typed : undefined}
        error={failed?.field === 'why' ? failed.error : undefined}
        required
      />
      <Button>{words.addAct}</Button>
    </form>
  )
}
