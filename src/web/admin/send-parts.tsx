import { mayAct } from '../../domain/roles.ts'
import { sayUntil } from '../../domain/words/previews.ts'
import { sendingWords } from '../../domain/words/sending.ts'
import { Button, Buttons } from '../views/parts/buttons.tsx'
import { Checks, Field, TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import type { SendProps } from './send-page.tsx'

type Props = Pick<SendProps, 'frame' | 'digest' | 'test' | 'tested' | 'preview' | 'embargo'>

/** A test beforehand: to oneself, to the testers of the list, or to one address. */
export const TestPart = ({ frame: { language, publication, actor }, digest, test, tested }: Props) => {
  const words = sendingWords[language].test
  const count = publication.testers.length
  return (
    <>
      <h2 id="test">{words.title}</h2>
      {tested && (
        <Notice tone="good">
          {/^\d+$/.test(tested) ? words.sentToTesters(Number(tested)) : words.sent(tested)}
        </Notice>
      )}
      <p class="hint">{words.hint}</p>
      <form method="post" action={`/admin/digests/${digest.id}/test#test`} class="stack" novalidate>
        <Checks
          kind="radio"
          name="who"
          legend={words.who}
          values={[test.who]}
          error={test.who === 'other' ? undefined : test.error}
          options={[
            { value: 'me', label: words.me(actor.address) },
            {
              value: 'testers',
              label: count ? words.testers(count) : words.noTesters,
              disabled: count === 0,
            },
            { value: 'other', label: words.other },
          ]}
        />
        <Field
          name="to"
          type="email"
          label={words.label}
          value={test.to}
          error={test.who === 'other' ? test.error : undefined}
        />
        <Button>{words.button}</Button>
      </form>
      {mayAct(actor.role, 'editor') && (
        <p class="small">
          <a href="/admin/settings/testers">{words.testersLink}</a>
        </p>
      )}
    </>
  )
}

/** Links for who has no account here. */
export const ShowPart = ({ frame: { language, publication }, digest, preview, embargo }: Props) => {
  const words = sendingWords[language].preview
  const base = `/admin/digests/${digest.id}/preview-links`
  const say = (at: Date) => sayUntil(at, publication.timeZone, language)
  return (
    <>
      <h2 id="show">{words.title}</h2>
      <p class="hint">{words.hint}</p>
      {embargo && <p>{words.embargo(say(embargo.until))}</p>}
      {preview && (
        <TextArea
          name="preview-link"
          label={words.link}
          hint={words.until(say(preview.until))}
          value={preview.url}
          rows={2}
          readonly
          code
        />
      )}
      <Buttons>
        <form method="post" action={`${base}#show`}>
          <Button>{words.make}</Button>
        </form>
        <form method="post" action={`${base}/end`}>
          <Button>{words.end}</Button>
        </form>
      </Buttons>
    </>
  )
}
