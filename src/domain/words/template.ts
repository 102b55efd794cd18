import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'
import type { TemplateFault, TemplateFaultCode } from '../template.ts'

type Fault = (detail: string) => string

const en = {
  template: 'Template',
  shared: 'Broadsheet’s',
  own: 'Its own',
  title: (newsletter: string) => `Template of ${newsletter}`,
  intro:
    'How the digests of this newsletter are set: MJML for the layout, Liquid for what is filled in. The comment at the head of Broadsheet’s template lists all that can be.',
  isShared: 'It uses the template that comes with Broadsheet.',
  isOwn: 'It has a template of its own, which stays as it is when Broadsheet’s changes.',
  start: 'Start from the one that comes with Broadsheet',
  started: 'Below stands the template that comes with Broadsheet, for you to change. Nothing is saved yet.',
  save: 'Check and save',
  show: 'Check and show',
  saved: 'Saved. Digests that start from now on are set with it.',
  back: 'Back to the one that comes with Broadsheet',
  backDone: 'It uses the template that comes with Broadsheet again.',
  failed: (count: number) =>
    count === 1
      ? 'Nothing was saved: one thing is wrong with the template.'
      : `Nothing was saved: ${count} things are wrong with the template.`,
  sample: 'A sample digest',
  sampleHint: 'With a block of every kind, as readers of this newsletter would get it.',
  broken: 'The template can’t show this digest',
  line: (line: number) => `Line ${line}`,
  more: (count: number) => (count === 1 ? 'And one more.' : `And ${count} more.`),
  removing: {
    title: (newsletter: string) => `Drop the template of ${newsletter}?`,
    text: 'It goes for good, and digests that start from now on are set with the template that comes with Broadsheet. Copy it first if you may want it again:',
    act: 'Drop the template',
    keep: 'Keep it',
  },
  faults: {
    liquid: detail => `Liquid can’t read this: ${detail}.`,
    'unknown-name': detail => `There is no ${detail}.`,
    'unknown-filter': detail => `There is no filter ${detail}.`,
    'unknown-tag': detail => `There is no tag {% ${detail} %}.`,
    'too-much': () => 'This runs for too long, or makes too much.',
    mjml: detail => `MJML can’t read this: ${detail}.`,
    unclosed: detail => `${detail} is not closed, or not where it was opened.`,
    include: () => '<mj-include> is not possible: everything stands in this one template.',
    script: () => 'A mail may not have scripts.',
    handler: detail => `A mail may not have ${detail}: it would run a script.`,
    'address-that-runs': detail => `The address in ${detail} would run a script.`,
    form: detail => `A mail may not have forms (${detail}).`,
    frame: detail => `A mail may not have ${detail}.`,
    stylesheet: detail => `A mail may not load style sheets or fonts from elsewhere (${detail}).`,
    'no-unsubscribe': () =>
      'There is no link to unsubscribe that readers see: <a href="{{ slots.unsubscribe }}">.',
    'no-preferences': () =>
      'There is no link to the preferences that readers see: <a href="{{ slots.preferences }}">.',
    'slot-elsewhere': detail =>
      detail === 'slots.name' || detail === 'block.html'
        ? `${detail} stands in an attribute or in the head: a name may stand in text only.`
        : `${detail} is a reader’s own address: it may be the whole href of a link with words, and stand nowhere else.`,
    'no-postal-address': detail => `A line of the imprint is not seen: “${detail}”.`,
    'no-label': detail => `“${detail}” is not seen before its headline.`,
    'no-story': detail => `This story’s title is not seen: “${detail}”.`,
    'no-link': detail => `Nothing links to this story: “${detail}”.`,
    'too-large': detail =>
      `The sample comes to ${sayNumber(Number(detail), 'en')} bytes of at most 100,000: mail programs would cut it off.`,
  } satisfies Record<TemplateFaultCode, Fault>,
}

type Words = Omit<typeof en, 'faults'> & { faults: Record<TemplateFaultCode, Fault> }

const de: Words = {
  template: 'Vorlage',
  shared: 'Die von Broadsheet',
  own: 'Eine eigene',
  title: newsletter => `Vorlage von ${newsletter}`,
  intro:
    'Wie die Ausgaben dieses Newsletters gesetzt sind: MJML für das Layout, Liquid für das, was eingesetzt wird. Der Kommentar am Anfang der Vorlage von Broadsheet nennt alles, was es gibt.',
  isShared: 'Er benutzt die Vorlage, die mit Broadsheet kommt.',
  isOwn: 'Er hat eine eigene Vorlage, die bleibt, wie sie ist, auch wenn sich die von Broadsheet ändert.',
  start: 'Mit der beginnen, die mit Broadsheet kommt',
  started: 'Unten steht die Vorlage, die mit Broadsheet kommt, zum Ändern. Noch ist nichts gespeichert.',
  save: 'Prüfen und speichern',
  show: 'Prüfen und zeigen',
  saved: 'Gespeichert. Ausgaben, die ab jetzt hinausgehen, sind damit gesetzt.',
  back: 'Zurück zu der, die mit Broadsheet kommt',
  backDone: 'Er benutzt wieder die Vorlage, die mit Broadsheet kommt.',
  failed: count =>
    count === 1
      ? 'Nichts wurde gespeichert: Etwas an der Vorlage stimmt nicht.'
      : `Nichts wurde gespeichert: ${count} Dinge an der Vorlage stimmen nicht.`,
  sample: 'Eine Probeausgabe',
  sampleHint: 'Mit einem Block von jeder Art, so wie Leser dieses Newsletters sie bekämen.',
  broken: 'Die Vorlage kann diese Ausgabe nicht zeigen',
  line: line => `Zeile ${line}`,
  more: count => (count === 1 ? 'Und noch eines.' : `Und ${count} weitere.`),
  removing: {
    title: newsletter => `Die Vorlage von ${newsletter} verwerfen?`,
    text: 'Sie verschwindet für immer, und Ausgaben, die ab jetzt hinausgehen, sind mit der Vorlage gesetzt, die mit Broadsheet kommt. Kopieren Sie sie vorher, falls Sie sie noch einmal brauchen:',
    act: 'Vorlage verwerfen',
    keep: 'Behalten',
  },
  faults: {
    liquid: detail => `Liquid kann das nicht lesen: ${detail}.`,
    'unknown-name': detail => `${detail} gibt es nicht.`,
    'unknown-filter': detail => `Den Filter ${detail} gibt es nicht.`,
    'unknown-tag': detail => `{% ${detail} %} gibt es nicht.`,
    'too-much': () => 'Das läuft zu lange oder macht zu viel.',
    mjml: detail => `MJML kann das nicht lesen: ${detail}.`,
    unclosed: detail => `${detail} wird nicht geschlossen, oder nicht da, wo es anfing.`,
    include: () => '<mj-include> geht nicht: Alles steht in dieser einen Vorlage.',
    script: () => 'Eine Mail darf keine Skripte haben.',
    handler: detail => `Eine Mail darf kein ${detail} haben: Es würde ein Skript ausführen.`,
    'address-that-runs': detail => `Die Adresse in ${detail} würde ein Skript ausführen.`,
    form: detail => `Eine Mail darf keine Formulare haben (${detail}).`,
    frame: detail => `Eine Mail darf kein ${detail} haben.`,
    stylesheet: detail => `Eine Mail darf keine Stile oder Schriften von anderswo laden (${detail}).`,
    'no-unsubscribe': () => 'Es fehlt ein sichtbarer Link zum Abmelden: <a href="{{ slots.unsubscribe }}">.',
    'no-preferences': () =>
      'Es fehlt ein sichtbarer Link zu den Einstellungen: <a href="{{ slots.preferences }}">.',
    'slot-elsewhere': detail =>
      detail === 'slots.name' || detail === 'block.html'
        ? `${detail} steht in einem Attribut oder im Kopf: Ein Name darf nur im Text stehen.`
        : `${detail} ist die eigene Adresse eines Lesers: Sie darf das ganze href eines Links mit Worten sein und nirgends sonst stehen.`,
    'no-postal-address': detail => `Eine Zeile des Impressums ist nicht zu sehen: „${detail}“.`,
    'no-label': detail => `„${detail}“ ist nicht vor der Überschrift zu sehen.`,
    'no-story': detail => `Der Titel dieses Artikels ist nicht zu sehen: „${detail}“.`,
    'no-link': detail => `Zu diesem Artikel führt kein Link: „${detail}“.`,
    'too-large': detail =>
      `Die Probeausgabe hat ${sayNumber(Number(detail), 'de')} Bytes, höchstens 100.000 gehen: Mailprogramme würden sie abschneiden.`,
  },
}

/** Words of newsletters' own templates. */
export const templateWords: Record<Language, Words> = { en, de }

/** What is wrong, in a sentence; its line stands before it. */
export const sayTemplateFault = (language: Language, { code, detail }: TemplateFault): string =>
  templateWords[language].faults[code](detail.replace(/\.$/, ''))
