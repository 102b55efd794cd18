import type { Language } from '../languages.ts'

type SignUpState = 'waiting' | 'asked' | 'merged' | 'confirmed' | 'refused' | 'objected'

const en = {
  title: 'Sign-ups',
  intro: 'Requests of the last 30 days. Whoever does not confirm is no reader, and is forgotten.',
  caption: 'Sign-ups, the newest first',
  none: 'No sign-ups',
  noneText: 'Nobody has asked in the last 30 days.',
  state: 'State',
  states: {
    waiting: 'Mail to come',
    asked: 'Mail sent',
    merged: 'In one mail with another',
    confirmed: 'Confirmed',
    refused: 'No mail sent',
    objected: 'Said it was not them',
  } satisfies Record<SignUpState, string>,
  form: 'Form',
  forms: {
    page: 'Our page',
    embed: 'On another site',
    api: 'API',
    preferences: 'Preferences',
    editor: 'Workspace',
  },
}

export type SignUpWords = typeof en

const de: SignUpWords = {
  title: 'Anmeldungen',
  intro: 'Anfragen der letzten 30 Tage. Wer nicht bestätigt, ist kein Leser und wird vergessen.',
  caption: 'Anmeldungen, die neuesten zuerst',
  none: 'Keine Anmeldungen',
  noneText: 'In den letzten 30 Tagen hat niemand gefragt.',
  state: 'Stand',
  states: {
    waiting: 'Mail folgt',
    asked: 'Mail verschickt',
    merged: 'Mit einer anderen in einer Mail',
    confirmed: 'Bestätigt',
    refused: 'Keine Mail verschickt',
    objected: 'Sagte, es war jemand anderes',
  },
  form: 'Formular',
  forms: {
    page: 'Unsere Seite',
    embed: 'Auf einer anderen Site',
    api: 'API',
    preferences: 'Einstellungen',
    editor: 'Redaktion',
  },
}

/** The list of sign-ups. */
export const signUpWords: Record<Language, SignUpWords> = { en, de }
