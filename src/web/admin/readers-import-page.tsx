import type { ImportReport } from '../../actions/import-subscribers.ts'
import { sayNumber } from '../../domain/dates.ts'
import { importReason } from '../../domain/words/import-reasons.ts'
import { readerImportWords } from '../../domain/words/reader-import.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Newsletter } from '../../store/newsletters.ts'
import type { Fields } from '../form-fields.ts'
import type { FormErrors } from '../read-form.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Check, Field, Select } from '../views/parts/fields.tsx'
import { Empty, Notice } from '../views/parts/status.tsx'
import { Table } from '../views/parts/table.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { ReadersTabs } from './readers-tabs.tsx'

type Props = WorkspaceFrame & {
  newsletters: Newsletter[]
  fields: Fields
  errors: FormErrors
  report?: ImportReport
  tried: boolean
}

/** The form that takes a file, and after it the report. */
export const ImportPage = ({ newsletters, fields, errors, report, tried, ...frame }: Props) => {
  const words = readerImportWords[frame.language]
  return (
    <WorkspacePage
      {...frame}
      title={words.title}
      current="readers"
      notice={report && <Notice tone={tried ? 'look' : 'good'}>{tried ? words.tried : words.done}</Notice>}
    >
      <ReadersTabs current="import" actor={frame.actor} />
      {report && <Report report={report} language={frame.language} />}
      {newsletters.length > 0 ? (
        <ImportForm {...{ newsletters, fields, errors }} language={frame.language} />
      ) : (
        <Empty
          title={words.noNewsletter}
          action={
            <ButtonLink href="/admin/newsletters/new">{readerWords[frame.language].newsletter}</ButtonLink>
          }
        />
      )}
    </WorkspacePage>
  )
}

const shown = 200

const Report = ({ report, language }: { report: ImportReport; language: WorkspaceFrame['language'] }) => {
  const words = readerImportWords[language]
  const facts = [
    [words.report.rows, report.rows],
    [words.report.added, report.added],
    [words.report.already, report.already],
    [words.report.updated, report.updated],
    [words.report.refused, report.refused.length],
  ] as const
  return (
    <>
      <dl class="facts">
        {facts.map(([name, count]) => (
          <>
            <dt>{name}</dt>
            <dd>{sayNumber(count, language)}</dd>
          </>
        ))}
      </dl>
      {report.refused.length > 0 && (
        <Table
          caption={words.refusedCaption}
          rows={report.refused.slice(0, shown)}
          columns={[
            { head: words.row, cell: refused => sayNumber(refused.row, language) },
            { head: words.reason, cell: refused => importReason(language, refused.reason) },
          ]}
        />
      )}
      {report.refused.length > shown && (
        <p class="muted">{words.more(sayNumber(report.refused.length - shown, language))}</p>
      )}
    </>
  )
}

type FormProps = Pick<Props, 'newsletters' | 'fields' | 'errors' | 'language'>

const ImportForm = ({ newsletters, fields, errors, language }: FormProps) => {
  const words = readerImportWords[language]
  return (
    <form method="post" action="/admin/readers/import" enctype="multipart/form-data" class="stack">
      <p class="hint">{words.intro}</p>
      <Field
        name="file"
        type="file"
        label={words.file}
        hint={words.fileHint}
        accept=".csv,text/csv"
        error={errors.file}
        required
      />
      <Select
        name="newsletter"
        label={words.newsletter}
        value={fields.newsletter}
        error={errors.newsletter}
        options={newsletters.map(({ slug, name }) => ({ value: slug, label: name }))}
      />
      <Field
        name="consent"
        label={words.consent}
        hint={words.consentHint}
        value={fields.consent}
        error={errors.consent}
        required
      />
      <Check name="update" label={words.update} checked={fields.update !== undefined} />
      <Buttons>
        <Button name="write" value="nothing">
          {words.try}
        </Button>
        <Button kind="main" name="write" value="all">
          {words.act}
        </Button>
      </Buttons>
    </form>
  )
}
