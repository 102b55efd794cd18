import { Hono } from 'hono'
import type { By } from '../../domain/by.ts'
import type { Language } from '../../domain/languages.ts'
import { historyWords, saidIn, sayEvent } from '../../domain/words/history.ts'
import { listDigestEvents, type NotedEvent } from '../../store/digest-events.ts'
import type { Digest } from '../../store/digests.ts'
import type { AppEnv } from '../env.ts'
import { requireRole } from '../middleware/require-role.ts'
import { ButtonLink } from '../views/parts/buttons.tsx'
import { Table } from '../views/parts/table.tsx'
import { Time } from '../views/parts/time.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { digestOf, missing } from './digest-of.ts'
import { type WorkspaceFrame, workspaceFrame } from './frame.ts'

/** Every step that was taken with a digest: who, what, when. */
export const history = new Hono<AppEnv>().get('/:id/history', requireRole('writer'), async c => {
  const digest = await digestOf(c)
  if (!digest) return missing(c)
  const [frame, events] = await Promise.all([
    workspaceFrame(c),
    listDigestEvents(c.var.services.db, digest.id),
  ])
  return c.html(<HistoryPage frame={frame} digest={digest} events={events} />)
})

const HistoryPage = ({
  frame,
  digest,
  events,
}: {
  frame: WorkspaceFrame
  digest: Digest
  events: NotedEvent[]
}) => {
  const { language, publication } = frame
  const words = historyWords[language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="digests"
      actions={<ButtonLink href={`/admin/digests/${digest.id}`}>{words.back}</ButtonLink>}
    >
      <p class="facts-title">{digest.subject}</p>
      {events.length === 0 ? (
        <p class="muted">{words.none}</p>
      ) : (
        <Table
          caption={words.caption}
          rows={events.toReversed()}
          columns={[
            {
              head: words.what,
              kind: 'title',
              cell: ({ event }) => (
                <>
                  {sayEvent(event, publication.timeZone, language)}
                  {saidIn(event) && <q class="said">{saidIn(event)}</q>}
                </>
              ),
            },
            { head: words.who, cell: ({ by }) => sayWho(by, language) },
            {
              head: words.when,
              cell: ({ at }) => <Time at={at} zone={publication.timeZone} language={language} />,
            },
          ]}
        />
      )}
    </WorkspacePage>
  )
}

/** Who did something, by the name that they had then. */
export function sayWho(by: By, language: Language): string {
  const words = historyWords[language].by
  switch (by.kind) {
    case 'editor':
      return by.name || words.gone
    case 'key':
    case 'plan':
      return words[by.kind](by.name)
    case 'command-line':
    case 'service':
      return words[by.kind]
  }
}
