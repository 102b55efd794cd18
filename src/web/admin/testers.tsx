import { type Context, Hono } from 'hono'
import { testersInput } from '../../domain/testers.ts'
import { testerWords } from '../../domain/words/testers.ts'
import { updatePublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { readForm } from '../read-form.ts'
import { Button } from '../views/parts/buttons.tsx'
import { TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { editorOf, workspaceFrame } from './frame.ts'
import { SettingsTabs } from './settings-tabs.tsx'

/** Who gets a test of a digest together. */
export const testers = new Hono<AppEnv>()
  .use(requireRole('editor'))
  .get('/', c => testersPage(c))
  .post('/', async c => {
    const fields = await formFields(c)
    const reading = readForm(testersInput, { testers: fields.testers ?? '' }, editorOf(c).language)
    if (reading.kind === 'refused')
      return testersPage(c, { typed: fields.testers ?? '', error: reading.errors.testers ?? '' })
    await updatePublication(c.var.services.db, reading.data)
    return c.redirect('/admin/settings/testers?done=saved', 303)
  })

async function testersPage(c: Context<AppEnv>, failed?: { typed: string; error: string }) {
  const frame = await workspaceFrame(c)
  const words = testerWords[frame.language]
  const saved = c.req.query('done') === 'saved' && !failed
  return c.html(
    <WorkspacePage
      {...frame}
      title={words.title}
      current="settings"
      notice={
        <>
          {failed && <Notice tone="fix">{words.failed}</Notice>}
          {saved && <Notice tone="good">{words.saved}</Notice>}
        </>
      }
    >
      <SettingsTabs current="testers" actor={frame.actor} />
      <p class="hint">{words.intro}</p>
      <form method="post" action="/admin/settings/testers" class="stack" novalidate>
        <TextArea
          name="testers"
          label={words.label}
          hint={words.hint}
          rows={8}
          value={failed?.typed ?? frame.publication.testers.join('\n')}
          error={failed?.error}
        />
        <Button kind="main">{words.save}</Button>
      </form>
    </WorkspacePage>,
    failed ? 422 : 200,
  )
}
