import { languages } from '../../domain/languages.ts'
import { readerStates } from '../../domain/reader-filter.ts'
import { readerSearchWords } from '../../domain/words/reader-search.ts'
import { readerWords } from '../../domain/words/readers.ts'
import { languageNames } from '../../domain/words/settings.ts'
import { suppressionWords } from '../../domain/words/suppressions.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Field, Select } from '../views/parts/fields.tsx'
import type { WorkspaceFrame } from './frame.ts'
import type { ReaderList } from './readers-page.tsx'
import { causes } from './suppression-filter.ts'

type Props = { list: ReaderList; language: WorkspaceFrame['language'] }

/** What is sought: the usual in a row, the rest behind a summary, open where it is in use. */
export const ReaderSearch = (props: Props) => {
  const { list, language } = props
  const words = readerSearchWords[language]
  const names = readerWords[language]
  const { typed } = list.sought
  const { q, newsletter, state, ...others } = typed
  return (
    <form method="get" action="/admin/readers" class="reader-search">
      <div class="search search-many">
        <Field
          name="q"
          type="search"
          label={list.seesAll ? words.search : words.searchOne}
          hint={list.seesAll ? words.searchHint : words.searchOneHint}
          value={q}
          autocomplete="off"
        />
        <Select
          name="newsletter"
          label={names.newsletter}
          value={newsletter ?? ''}
          options={[
            { value: '', label: names.every },
            ...list.newsletters.map(({ slug, name }) => ({ value: slug, label: name })),
          ]}
        />
        <Select
          name="state"
          label={words.state}
          value={state ?? ''}
          options={[
            { value: '', label: words.anyState },
            ...readerStates.map(value => ({ value, label: words.states[value] })),
          ]}
        />
      </div>
      <details open={Object.keys(others).length > 0}>
        <summary>{words.more}</summary>
        <MoreFilters {...props} />
      </details>
      <Buttons>
        <Button>{names.find}</Button>
        {Object.keys(typed).length > 0 && <ButtonLink href="/admin/readers">{words.clear}</ButtonLink>}
      </Buttons>
    </form>
  )
}

const MoreFilters = ({ list, language }: Props) => {
  const words = readerSearchWords[language]
  const { typed, faults } = list.sought
  return (
    <div class="search search-many">
      <Field name="tag" label={words.tag} value={typed.tag} list="tags-in-use" autocomplete="off" />
      <Field
        name="attribute"
        label={words.attributeName}
        value={typed.attribute}
        list="attributes-in-use"
        autocomplete="off"
      />
      <Field name="value" label={words.attributeValue} value={typed.value} autocomplete="off" />
      <Select
        name="suppressed"
        label={words.suppressed}
        value={typed.suppressed ?? ''}
        options={[
          { value: '', label: words.notAsked },
          { value: 'any', label: words.anyCause },
          ...causes
            .filter(cause => cause !== 'erased')
            .map(cause => ({ value: cause, label: suppressionWords[language].causes[cause] })),
        ]}
      />
      <Select
        name="language"
        label={words.language}
        value={typed.language ?? ''}
        options={[
          { value: '', label: words.anyLanguage },
          ...languages.map(value => ({ value, label: languageNames[value] })),
        ]}
      />
      <div class="search-days">
        <Field
          name="from"
          type="date"
          label={words.from}
          value={typed.from}
          error={faults.from && words.noDay}
        />
        <Field name="to" type="date" label={words.to} value={typed.to} error={faults.to && words.noDay} />
      </div>
      <TermList id="tags-in-use" terms={list.tags} />
      <TermList id="attributes-in-use" terms={list.attributes} />
    </div>
  )
}

/** What may be chosen in a field, the most used first. */
export const TermList = ({ id, terms }: { id: string; terms: ReaderList['tags'] }) => (
  <datalist id={id}>
    {terms.map(({ term }) => (
      <option value={term} />
    ))}
  </datalist>
)
