import type { By } from '../by.ts'
import type { Language } from '../languages.ts'

const words: Record<
  Language,
  { key: (name: string) => string; plan: (name: string) => string; 'command-line': string; service: string }
> = {
  en: {
    key: name => `Key “${name}”`,
    plan: name => `Plan “${name}”`,
    'command-line': 'Command line',
    service: 'By itself',
  },
  de: {
    key: name => `Schlüssel „${name}“`,
    plan: name => `Plan „${name}“`,
    'command-line': 'Befehlszeile',
    service: 'Von selbst',
  },
}

/** Who did something, by the name that they had then. */
export function sayBy(by: By, language: Language): string {
  switch (by.kind) {
    case 'editor':
      return by.name
    case 'key':
    case 'plan':
      return words[language][by.kind](by.name)
    default:
      return words[language][by.kind]
  }
}
