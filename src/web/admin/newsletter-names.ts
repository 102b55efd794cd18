import type { Language } from '../../domain/languages.ts'
import { readerWords } from '../../domain/words/readers.ts'
import type { Newsletter } from '../../store/newsletters.ts'

/** Says a newsletter's name by its id; of one that was removed meanwhile, just that. */
export const nameIn =
  (newsletters: readonly Pick<Newsletter, 'id' | 'name'>[], language: Language) =>
  (id: number): string =>
    newsletters.find(one => one.id === id)?.name ?? readerWords[language].removedNewsletter
