/** Why a story could not be imported, and what to do: by kind, with the data of the refusal. */
export type ImportRefusal = {
  kind: string
  status?: number
  host?: string
  scheme?: string
  reason?: string
}

type Say = (refusal: ImportRefusal) => string

const en: Record<string, Say> = {
  'not-a-url': () =>
    'This is not a web address. Paste the story’s address, such as https://www.example.com/story.',
  scheme: () => 'Only addresses that start with https:// or http:// can be read.',
  'blocked-address': ({ host, reason }) =>
    reason === 'credentials'
      ? 'The address has a user name or password in it. Paste it without.'
      : reason === 'port'
        ? `${host} is asked for at an unusual port, which is not read.`
        : `${host} is no public address, so it is not read. FETCH_ALLOW lets a host through.`,
  'unknown-host': ({ host }) => `There is no site ${host}. Check the spelling.`,
  refused: ({ status }) =>
    status === 404 || status === 410
      ? 'The site says that there is no such page. Check the address.'
      : status === 401 || status === 403
        ? 'The site does not let us read this page. Write the story by hand.'
        : `The site answered with an error (${status}). Try again later, or write the story by hand.`,
  timeout: () => 'The site did not answer within 10 seconds. Try again, or write the story by hand.',
  'too-large': () => 'The page is larger than 5 MB. Write the story by hand.',
  'not-html': () => 'This is a file, not a page. Paste the address of the story’s page.',
  'no-story': () => 'No headline was found on this page. Write the story by hand.',
  unreachable: ({ host }) => `${host} could not be reached. Try again, or write the story by hand.`,
}

const de: Record<string, Say> = {
  'not-a-url': () =>
    'Das ist keine Webadresse. Fügen Sie die Adresse der Geschichte ein, etwa https://www.example.com/story.',
  scheme: () => 'Nur Adressen, die mit https:// oder http:// beginnen, können gelesen werden.',
  'blocked-address': ({ host, reason }) =>
    reason === 'credentials'
      ? 'Die Adresse enthält einen Namen oder ein Passwort. Fügen Sie sie ohne ein.'
      : reason === 'port'
        ? `${host} wird an einem ungewöhnlichen Port angesprochen; der wird nicht gelesen.`
        : `${host} ist keine öffentliche Adresse und wird nicht gelesen. FETCH_ALLOW lässt einen Rechner zu.`,
  'unknown-host': ({ host }) => `Es gibt keine Site ${host}. Prüfen Sie die Schreibweise.`,
  refused: ({ status }) =>
    status === 404 || status === 410
      ? 'Die Site kennt diese Seite nicht. Prüfen Sie die Adresse.'
      : status === 401 || status === 403
        ? 'Die Site lässt uns diese Seite nicht lesen. Schreiben Sie die Geschichte von Hand.'
        : `Die Site antwortete mit einem Fehler (${status}). Versuchen Sie es später, oder schreiben Sie die Geschichte von Hand.`,
  timeout: () =>
    'Die Site hat nicht innerhalb von 10 Sekunden geantwortet. Versuchen Sie es noch einmal, oder schreiben Sie die Geschichte von Hand.',
  'too-large': () => 'Die Seite ist größer als 5 MB. Schreiben Sie die Geschichte von Hand.',
  'not-html': () => 'Das ist eine Datei, keine Seite. Fügen Sie die Adresse der Seite ein.',
  'no-story': () => 'Auf dieser Seite fand sich keine Überschrift. Schreiben Sie die Geschichte von Hand.',
  unreachable: ({ host }) =>
    `${host} war nicht zu erreichen. Versuchen Sie es noch einmal, oder schreiben Sie die Geschichte von Hand.`,
}

/** A sentence for the field where the address was typed. */
export const importRefusal = (language: 'en' | 'de', refusal: ImportRefusal): string =>
  ({ en, de })[language][refusal.kind]!(refusal)
