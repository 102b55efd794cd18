import type { Language } from '../languages.ts'

const en = {
  /** Buttons. */
  use: 'Sign in with a passkey',
  make: 'Add a passkey',
  prove: 'Use a passkey',
  /** What the script says. */
  none: 'This browser can’t use passkeys here. Take the link by mail.',
  waiting: 'The browser asks you now …',
  cancelled: 'No passkey was used. Try again, or take the link by mail.',
  known: 'This device has a passkey of yours already.',
  failed: 'The passkey did not work. Reload the page and try again, or take the link by mail.',
  /** What the server says. */
  refusedHere:
    'This passkey was not accepted: it was removed, or five minutes went by. Try again, or take the link by mail.',
  refused: 'The passkey was not accepted. Five minutes are the most between asking and answering: try again.',
  tooMany: 'Twenty passkeys are the most. Remove one that you don’t use.',
  title: 'Passkeys',
  intro:
    'With a passkey you sign in by finger, face or device code instead of waiting for a mail. It stays on your device, or in your password manager.',
  list: 'Your passkeys',
  name: 'Passkey',
  unnamed: 'Passkey without a name',
  added: 'Added',
  lastUsed: 'Last used',
  addedNow: (name: string) => `The passkey${name ? ` (${name})` : ''} is added. Sign in with it from now on.`,
  removed: 'The passkey is removed.',
  remove: 'Remove',
  removeOne: (name: string) => `Remove ${name}`,
  removing: {
    title: (name: string) => `Remove the passkey ${name}?`,
    text: 'Nobody signs in with it from this moment on. What the device keeps of it you can delete there.',
    act: 'Remove the passkey',
  },
  notHere: 'Passkeys need a site with a name and https. This one is reached in another way.',
  withoutScript: 'Adding one needs JavaScript.',
  first: 'Before you add one, prove that it is you.',
}

export type PasskeyWords = typeof en

const de: PasskeyWords = {
  use: 'Mit einem Passkey anmelden',
  make: 'Passkey hinzufügen',
  prove: 'Passkey benutzen',
  none: 'Dieser Browser kann hier keine Passkeys benutzen. Nehmen Sie den Link per Mail.',
  waiting: 'Der Browser fragt Sie jetzt …',
  cancelled:
    'Es wurde kein Passkey benutzt. Versuchen Sie es noch einmal, oder nehmen Sie den Link per Mail.',
  known: 'Dieses Gerät hat schon einen Passkey von Ihnen.',
  failed:
    'Das hat mit dem Passkey nicht geklappt. Laden Sie die Seite neu und versuchen Sie es noch einmal, oder nehmen Sie den Link per Mail.',
  refusedHere:
    'Dieser Passkey wurde nicht angenommen: Er wurde entfernt, oder fünf Minuten sind vergangen. Versuchen Sie es noch einmal, oder nehmen Sie den Link per Mail.',
  refused:
    'Der Passkey wurde nicht angenommen. Zwischen Frage und Antwort liegen höchstens fünf Minuten: Versuchen Sie es noch einmal.',
  tooMany: 'Mehr als zwanzig Passkeys gehen nicht. Entfernen Sie einen, den Sie nicht benutzen.',
  title: 'Passkeys',
  intro:
    'Mit einem Passkey melden Sie sich per Finger, Gesicht oder Gerätecode an, statt auf eine Mail zu warten. Er bleibt auf Ihrem Gerät oder in Ihrem Passwortmanager.',
  list: 'Ihre Passkeys',
  name: 'Passkey',
  unnamed: 'Passkey ohne Namen',
  added: 'Hinzugefügt',
  lastUsed: 'Zuletzt benutzt',
  addedNow: name =>
    `Der Passkey${name ? ` (${name})` : ''} ist hinzugefügt. Melden Sie sich von jetzt an damit an.`,
  removed: 'Der Passkey ist entfernt.',
  remove: 'Entfernen',
  removeOne: name => `${name} entfernen`,
  removing: {
    title: name => `Den Passkey ${name} entfernen?`,
    text: 'Niemand meldet sich ab jetzt noch damit an. Was das Gerät davon behält, können Sie dort löschen.',
    act: 'Passkey entfernen',
  },
  notHere: 'Passkeys brauchen eine Website mit Namen und https. Diese ist anders erreichbar.',
  withoutScript: 'Zum Hinzufügen braucht es JavaScript.',
  first: 'Bevor Sie einen hinzufügen, weisen Sie nach, dass Sie es sind.',
}

/** Words around passkeys: the sign-in, an editor's own page, and the proof before what needs one. */
export const passkeyWords: Record<Language, PasskeyWords> = { en, de }
