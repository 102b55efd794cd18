import { type ImportedLine, mostImports } from '../../actions/import-articles.ts'
import type { Language } from '../../domain/languages.ts'
import { importRefusal } from '../../domain/words/import-refusals.ts'
import { storyWords } from '../../domain/words/stories.ts'
import { Button } from '../views/parts/buttons.tsx'
import { TextArea } from '../views/parts/fields.tsx'
import { Findings, type Tone } from '../views/parts/status.tsx'

/** What stands in the field again, and what became of each link. */
export type Imports = { typed: string; lines?: ImportedLine[]; refused?: 'empty' | 'many' }

const tones: Record<ImportedLine['outcome']['kind'], Tone> = {
  imported: 'good',
  known: 'look',
  refused: 'fix',
}

/** The form that imports stories from links, with what became of those before. */
export const StoryImports = ({ language, imports }: { language: Language; imports?: Imports }) => {
  const words = storyWords[language]
  const lines = imports?.lines ?? []
  return (
    <>
      <form method="post" action="/admin/stories/import" novalidate class="imports">
        <TextArea
          name="url"
          label={words.importLabel}
          hint={words.importHint}
          placeholder="https://"
          rows={Math.min(Math.max(2, imports?.typed.split('\n').length ?? 0), 12)}
          value={imports?.typed}
          error={imports && errorOf(imports, language)}
        />
        <Button kind="main">{words.importButton}</Button>
      </form>
      {lines.length > 1 && (
        <section aria-label={words.importResults} class="import-results">
          <Findings
            items={lines.map(({ typed, outcome }) => ({
              tone: tones[outcome.kind],
              word: words.results[outcome.kind],
              text:
                outcome.kind === 'refused' ? (
                  <>
                    <span class="reply">{typed}</span>: {importRefusal(language, outcome.refusal)}
                  </>
                ) : (
                  <a href={`/admin/stories/${outcome.article.id}`}>{outcome.article.title}</a>
                ),
            }))}
          />
        </section>
      )}
    </>
  )
}

function errorOf({ lines = [], refused }: Imports, language: Language): string | undefined {
  const words = storyWords[language]
  if (refused) return refused === 'empty' ? words.importEmpty : words.importMany(mostImports)
  const failed = lines.flatMap(({ outcome }) => (outcome.kind === 'refused' ? [outcome.refusal] : []))
  if (!failed[0]) return undefined
  return lines.length === 1
    ? importRefusal(language, failed[0])
    : words.importFailed(failed.length, lines.length)
}
