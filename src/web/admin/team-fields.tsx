import { type Language, languages } from '../../domain/languages.ts'
import { roles } from '../../domain/roles.ts'
import { accessWords } from '../../domain/words/access.ts'
import { languageNames } from '../../domain/words/settings.ts'
import { teamWords } from '../../domain/words/team.ts'
import { Checks, Select } from '../views/parts/fields.tsx'

type Props = { value: string | undefined; error: string | undefined; language: Language }

/** What somebody may do, or a program: the least first. */
export const RoleField = ({ value = '', error, language }: Props) => {
  const words = teamWords[language]
  return (
    <Checks
      name="role"
      kind="radio"
      legend={words.role}
      values={[value]}
      error={error}
      options={roles.toReversed().map(role => ({
        value: role,
        label: accessWords[language].roles[role],
        hint: words.roleHints[role],
      }))}
    />
  )
}

/** The language in which the workspace speaks to somebody. */
export const LanguageField = ({ label, value, error, language }: Props & { label: string }) => (
  <Select
    name="language"
    label={label}
    value={value}
    error={error}
    options={[
      { value: '', label: teamWords[language].account.byBrowser },
      ...languages.map(value => ({ value, label: languageNames[value] })),
    ]}
  />
)
