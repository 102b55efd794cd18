import { clock, dayOfYear } from '../dates.ts'
import type { Language } from '../languages.ts'
import type { ContentFound } from '../preflight/finding.ts'
import type { FindingWords } from './findings.ts'

const moment = (at: string, zone: string, language: Language) =>
  `${dayOfYear(new Date(at), zone, language)}, ${clock(new Date(at), zone, language)}`

const en: FindingWords<ContentFound> = {
  'no-newsletters': () => 'It goes to no newsletter yet. Choose one.',
  'no-subject': () => 'It has no subject. Write one.',
  'subject-long': ({ characters, limit }) =>
    `The subject has ${characters} characters. Many mail programs cut it at ${limit}, phones near 40: shorten it, or say what matters first.`,
  'no-preheader': () => 'It has no preheader: mail programs show its first words instead.',
  'preheader-long': ({ characters, limit }) =>
    `The preheader has ${characters} characters; no mail program shows more than ${limit}. Shorten it.`,
  'preheader-repeats-subject': () =>
    'The preheader says the same as the subject: readers see it twice. Say something more.',
  'no-article': () => 'It has no story. Add one.',
  'missing-articles': () => 'A story in it is not there any more. Remove it.',
  placeholder: ({ text }) => `“${text}” stands where something was to be written yet. Readers would see it.`,
  'template-code': ({ text }) =>
    `“${text}” is template code: readers would see it just so. In a text block {{ name }} is the reader’s name; nothing else is filled in.`,
  'empty-section': ({ heading, newsletter }) =>
    `Nothing stands under “${heading}”${newsletter ? ` for readers of ${newsletter}` : ''}. Add a story, or remove the heading.`,
  'empty-slot': ({ section }) =>
    `No new story is there for the newest${section ? ` of ${section}` : ''}: the slot would be left out.`,
  'only-elsewhere': ({ newsletter }) =>
    `This block is for readers of ${newsletter} alone, and the digest doesn’t go there: nobody gets it.`,
  'same-story-twice': ({ title }) => `“${title}” is in it twice. Remove one of them.`,
  'already-sent': ({ title, at, newsletter }, zone) =>
    `“${title}” was sent on ${dayOfYear(new Date(at), zone, 'en')} in ${newsletter}: its readers have it.`,
  embargo: ({ title, until, at }, zone) =>
    `“${title}” is under embargo until ${moment(until, zone, 'en')}, and would leave on ${moment(at, zone, 'en')}. Choose a later time, or take the story out.`,
  'no-sponsor': ({ title }) =>
    `“${title}” is paid for, and doesn’t say by whom. Readers must be told: name the sponsor.`,
  'paid-first': ({ title }) =>
    `“${title}” is paid for and stands before the first story of your own. Move it down: an advertisement never leads.`,
  'picture-without-description': ({ title }) =>
    `The picture of “${title}” has no description of its own for those who don’t see it. Say what it shows.`,
}

const de: FindingWords<ContentFound> = {
  'no-newsletters': () => 'Sie geht noch an keinen Newsletter. Wählen Sie einen.',
  'no-subject': () => 'Sie hat keinen Betreff. Schreiben Sie einen.',
  'subject-long': ({ characters, limit }) =>
    `Der Betreff hat ${characters} Zeichen. Viele Mailprogramme schneiden ihn bei ${limit} ab, Telefone bei etwa 40: Kürzen Sie ihn, oder sagen Sie das Wichtige zuerst.`,
  'no-preheader': () => 'Sie hat keine Vorschauzeile: Mailprogramme zeigen stattdessen die ersten Wörter.',
  'preheader-long': ({ characters, limit }) =>
    `Die Vorschauzeile hat ${characters} Zeichen; mehr als ${limit} zeigt kein Mailprogramm. Kürzen Sie sie.`,
  'preheader-repeats-subject': () =>
    'Die Vorschauzeile sagt dasselbe wie der Betreff: Leser sehen es doppelt. Sagen Sie etwas mehr.',
  'no-article': () => 'Sie hat keinen Artikel. Nehmen Sie einen auf.',
  'missing-articles': () => 'Einen Artikel darin gibt es nicht mehr. Entfernen Sie ihn.',
  placeholder: ({ text }) => `„${text}“ steht, wo noch etwas hingehört. Leser würden es sehen.`,
  'template-code': ({ text }) =>
    `„${text}“ ist Vorlagencode: Leser sähen ihn genau so. In einem Textbaustein ist {{ name }} der Name des Lesers; sonst wird nichts eingesetzt.`,
  'empty-section': ({ heading, newsletter }) =>
    `Unter „${heading}“ steht${newsletter ? ` für Leser von ${newsletter}` : ''} nichts. Nehmen Sie einen Artikel auf, oder entfernen Sie die Überschrift.`,
  'empty-slot': ({ section }) =>
    `Für die neuesten Artikel${section ? ` aus ${section}` : ''} gibt es gerade keinen: Der Platz bliebe leer und fiele weg.`,
  'only-elsewhere': ({ newsletter }) =>
    `Dieser Baustein ist nur für Leser von ${newsletter}, und dorthin geht die Ausgabe nicht: Niemand bekommt ihn.`,
  'same-story-twice': ({ title }) => `„${title}“ steht zweimal darin. Entfernen Sie einen davon.`,
  'already-sent': ({ title, at, newsletter }, zone) =>
    `„${title}“ ging am ${dayOfYear(new Date(at), zone, 'de')} über ${newsletter} hinaus: Dessen Leser haben ihn schon.`,
  embargo: ({ title, until, at }, zone) =>
    `„${title}“ hat eine Sperrfrist bis ${moment(until, zone, 'de')} Uhr und ginge am ${moment(at, zone, 'de')} Uhr hinaus. Wählen Sie eine spätere Zeit, oder nehmen Sie den Artikel heraus.`,
  'no-sponsor': ({ title }) =>
    `„${title}“ ist bezahlt und sagt nicht, von wem. Leser müssen es erfahren: Nennen Sie den Auftraggeber.`,
  'paid-first': ({ title }) =>
    `„${title}“ ist bezahlt und steht vor Ihrem ersten eigenen Artikel. Rücken Sie ihn nach unten: Eine Anzeige führt nie.`,
  'picture-without-description': ({ title }) =>
    `Das Bild von „${title}“ hat keine eigene Beschreibung für alle, die es nicht sehen. Sagen Sie, was es zeigt.`,
}

export const contentFindings = { en, de }
