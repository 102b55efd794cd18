import type { Condition } from '../audience.ts'
import type { Language } from '../languages.ts'

const en = {
  title: 'Who gets it',
  intro: 'Without a condition all readers of its newsletters get it. With several, each must hold.',
  readers: (count: string) => `${count} now`,
  conditions: 'Conditions',
  none: 'None: everybody.',
  remove: 'Remove',
  add: 'Add',
  back: 'Back to sending',
  change: 'Choose readers …',
  kinds: {
    tag: { legend: 'By tag', label: 'Tag', is: 'Only with it', isNot: 'Only without it' },
    attribute: {
      legend: 'By attribute',
      label: 'Attribute',
      value: 'Value',
      is: 'Only where it is so',
      isNot: 'Only where it is not so',
    },
    newsletter: {
      legend: 'By another newsletter',
      label: 'Newsletter',
      is: 'Only who has it too',
      isNot: 'Only who does not have it',
    },
    got: {
      legend: 'By an earlier digest',
      label: 'Digest',
      is: 'Only who got it',
      isNot: 'Only who did not get it',
    },
  },
  say: {
    tag: {
      true: (tag: string) => `with the tag “${tag}”`,
      false: (tag: string) => `without the tag “${tag}”`,
    },
    attribute: {
      true: (name: string, value: string) => `whose ${name} is “${value}”`,
      false: (name: string, value: string) => `whose ${name} is not “${value}”`,
    },
    newsletter: {
      true: (name: string) => `who also have ${name}`,
      false: (name: string) => `who do not have ${name}`,
    },
    got: {
      true: (digest: string) => `who got “${digest}”`,
      false: (digest: string) => `who did not get “${digest}”`,
    },
  },
  missing: 'Choose one.',
  valueMissing: 'Type a value.',
  tooMany: 'Ten conditions at most.',
  noTags: 'No reader has a tag yet.',
  noAttributes: 'No reader has an attribute yet.',
  noDigests: 'No digest of which it is known who got it.',
  started: 'It has started to go out: its readers are fixed.',
  changed: 'Somebody saved the digest meanwhile. This is how it stands now.',
}

export type AudienceWords = typeof en

export const audienceWords: Record<Language, AudienceWords> = {
  en,
  de: {
    title: 'Wer sie bekommt',
    intro: 'Ohne Bedingung bekommen sie alle Leser ihrer Newsletter. Mit mehreren muss jede gelten.',
    readers: count => `${count} jetzt`,
    conditions: 'Bedingungen',
    none: 'Keine: alle.',
    remove: 'Entfernen',
    add: 'Hinzufügen',
    back: 'Zurück zum Senden',
    change: 'Leser wählen …',
    kinds: {
      tag: { legend: 'Nach Schlagwort', label: 'Schlagwort', is: 'Nur mit ihm', isNot: 'Nur ohne es' },
      attribute: {
        legend: 'Nach Merkmal',
        label: 'Merkmal',
        value: 'Wert',
        is: 'Nur wo es so ist',
        isNot: 'Nur wo es nicht so ist',
      },
      newsletter: {
        legend: 'Nach einem anderen Newsletter',
        label: 'Newsletter',
        is: 'Nur wer ihn auch hat',
        isNot: 'Nur wer ihn nicht hat',
      },
      got: {
        legend: 'Nach einer früheren Ausgabe',
        label: 'Ausgabe',
        is: 'Nur wer sie bekam',
        isNot: 'Nur wer sie nicht bekam',
      },
    },
    say: {
      tag: { true: tag => `mit dem Schlagwort „${tag}“`, false: tag => `ohne das Schlagwort „${tag}“` },
      attribute: {
        true: (name, value) => `bei denen ${name} „${value}“ ist`,
        false: (name, value) => `bei denen ${name} nicht „${value}“ ist`,
      },
      newsletter: { true: name => `die auch ${name} haben`, false: name => `die ${name} nicht haben` },
      got: {
        true: digest => `die „${digest}“ bekamen`,
        false: digest => `die „${digest}“ nicht bekamen`,
      },
    },
    missing: 'Wählen Sie etwas.',
    valueMissing: 'Schreiben Sie einen Wert.',
    tooMany: 'Höchstens zehn Bedingungen.',
    noTags: 'Noch kein Leser hat ein Schlagwort.',
    noAttributes: 'Noch kein Leser hat ein Merkmal.',
    noDigests: 'Keine Ausgabe, von der bekannt ist, wer sie bekam.',
    started: 'Sie geht schon hinaus: Ihre Leser stehen fest.',
    changed: 'Jemand hat die Ausgabe inzwischen gesichert. So steht es jetzt.',
  },
}

/** What newsletters and digests are called that a condition names. */
export type Named = { newsletter: (slug: string) => string; digest: (id: number) => string }

/** A condition as the end of "4,812 readers of Morning Brief …". */
export function sayCondition(condition: Condition, named: Named, language: Language): string {
  const { say } = audienceWords[language]
  const is = `${condition.is}` as const
  switch (condition.kind) {
    case 'tag':
      return say.tag[is](condition.tag)
    case 'attribute':
      return say.attribute[is](condition.name, condition.value)
    case 'newsletter':
      return say.newsletter[is](named.newsletter(condition.newsletter))
    case 'got':
      return say.got[is](named.digest(condition.digest))
  }
}
