import type { Language } from '../languages.ts'
import type { MailView } from '../look.ts'
import type { MailFont } from '../mail-look.ts'

/** Each font by its own name. */
export const fontLabels: Record<MailFont, string> = {
  georgia: 'Georgia',
  times: 'Times New Roman',
  arial: 'Arial',
  verdana: 'Verdana',
  trebuchet: 'Trebuchet MS',
}

const en = {
  title: 'Look',
  logoUrl: 'Logo',
  logoHint: 'The address of a picture on the web, wide rather than high. Without one the name stands there.',
  accent: 'Accent colour',
  accentStrong: (figure: string, least: string) =>
    `Contrast ${figure} on paper: good as text (${least} is needed).`,
  accentWeak: (figure: string, least: string, instead: string) =>
    `Contrast ${figure} on paper, too weak for text (${least} is needed): ${instead} is used there instead.`,
  headlineFont: 'Headlines in mail',
  textFont: 'Text in mail',
  fontHint: 'Every mail program has these.',
  footer: 'Footer of digests',
  footerHint: 'A few lines above the postal address, such as an imprint or a telephone number. Markdown.',
  save: 'Save the look',
  saved: 'Saved. Pages show it from now on, mails from the next one.',
  failed: 'Nothing was saved: some fields need another look.',
  preview: 'Preview',
  previewHint: 'A digest with a block of every kind. Looking saves nothing.',
  views: { light: 'Light', dark: 'Dark', text: 'Plain text' } satisfies Record<MailView, string>,
  view: 'Show it as',
  show: 'Show',
  alone: 'On a page of its own',
}

/** Words of how pages and mails look. */
export const lookWords: Record<Language, typeof en> = {
  en,
  de: {
    title: 'Aussehen',
    logoUrl: 'Logo',
    logoHint: 'Die Adresse eines Bildes im Web, eher breit als hoch. Ohne Logo steht dort der Name.',
    accent: 'Akzentfarbe',
    accentStrong: (figure, least) => `Kontrast ${figure} auf Papier: gut als Schrift (${least} ist nötig).`,
    accentWeak: (figure, least, instead) =>
      `Kontrast ${figure} auf Papier, zu schwach für Schrift (${least} ist nötig): dort steht stattdessen ${instead}.`,
    headlineFont: 'Überschriften in Mails',
    textFont: 'Text in Mails',
    fontHint: 'Diese Schriften hat jedes Mailprogramm.',
    footer: 'Fußzeile der Ausgaben',
    footerHint: 'Ein paar Zeilen über der Postanschrift, etwa Impressum oder Telefonnummer. Markdown.',
    save: 'Aussehen speichern',
    saved: 'Gespeichert. Die Seiten zeigen es ab jetzt, Mails ab der nächsten.',
    failed: 'Nichts wurde gespeichert: einige Felder brauchen einen zweiten Blick.',
    preview: 'Vorschau',
    previewHint: 'Eine Ausgabe mit einem Block von jeder Art. Ansehen speichert nichts.',
    views: { light: 'Hell', dark: 'Dunkel', text: 'Reiner Text' },
    view: 'Zeigen als',
    show: 'Zeigen',
    alone: 'Auf einer eigenen Seite',
  },
}
