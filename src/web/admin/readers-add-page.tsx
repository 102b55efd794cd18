import type { Child } from 'hono/jsx'
import { addingWords } from '../../domain/words/adding-readers.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Checks, Field } from '../views/parts/fields.tsx'
import { Empty } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'

export type TypedReader = { email: string; name: string; consent: string; newsletters: string[] }
export type AddErrors = { email?: Child[]; name?: string; newsletter?: string; consent?: string }

type Props = WorkspaceFrame & { newsletters: Newsletter[]; typed?: TypedReader; errors: AddErrors }

/** The form that asks somebody to confirm; nothing is ticked beforehand. */
export const AddReaderPage = ({ newsletters, typed, errors, ...frame }: Props) => {
  const words = addingWords[frame.language]
  return (
    <WorkspacePage {...frame} title={words.title} current="readers">
      {newsletters.length === 0 ? (
        <Empty title={words.noNewsletter} />
      ) : (
        <form method="post" action="/admin/readers/add" class="stack" novalidate>
          <p>{words.intro}</p>
          <p class="hint">{words.limits}</p>
          <Field
            name="email"
            type="email"
            label={words.email}
            value={typed?.email}
            error={errors.email}
            autocomplete="off"
            required
          />
          <Field
            name="name"
            label={words.name}
            hint={words.nameHint}
            value={typed?.name}
            error={errors.name}
            autocomplete="off"
          />
          <Checks
            name="newsletter"
            legend={words.newsletters}
            values={typed?.newsletters ?? []}
            error={errors.newsletter}
            options={newsletters.map(({ slug, name, description }) => ({
              value: slug,
              label: name,
              hint: description,
            }))}
          />
          <Field
            name="consent"
            label={words.consent}
            hint={words.consentHint}
            value={typed?.consent}
            error={errors.consent}
            maxlength={500}
            required
          />
          <Buttons>
            <Button kind="main">{words.act}</Button>
            <ButtonLink href="/admin/readers">{readerWords[frame.language].cancel}</ButtonLink>
          </Buttons>
        </form>
      )}
    </WorkspacePage>
  )
}
