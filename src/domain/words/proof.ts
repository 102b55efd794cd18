import type { Language } from '../languages.ts'

const en = {
  title: 'Prove that it is you',
  text: 'Exports, API keys, roles, senders and passkeys need a proof that is at most ten minutes old, in case somebody else sits at your desk.',
  mail: (address: string) => `Mail a link to ${address}`,
  mailHint: 'A link by mail is a proof: open it in this browser, and you come back to where you were.',
  mailed: {
    title: 'Look into your mail',
    text: (address: string) =>
      `A link is on its way to ${address}. Open it in this browser and press its button: you come back to the page where you were.`,
    mailbox: 'Open the mailbox of this machine, which caught it',
    again: 'Prove it in another way',
  },
  tooMany: 'Five links were mailed in the last hour; more are not. Use a passkey, or wait a while.',
  back: 'Back',
  done: {
    title: 'It is you',
    text: 'For ten minutes nothing asks you again. If a form waits in another tab, go there and press its button again.',
    next: 'Back to the workspace',
  },
  /** At a form that came back. */
  refused: {
    title: 'Nothing was saved yet: prove that it is you first',
    text: 'What you typed is still here. Prove it in another tab, come back, and press the button again.',
    act: 'Prove it in another tab',
  },
  sender: {
    hint: 'A change of these three needs a proof, at most ten minutes old, that it is you.',
    act: 'Prove it in another tab',
    field: 'Changing this needs the proof.',
  },
}

export type ProofWords = typeof en

const de: ProofWords = {
  title: 'Weisen Sie nach, dass Sie es sind',
  text: 'Exporte, API-Schlüssel, Rollen, Absender und Passkeys brauchen einen Nachweis, der höchstens zehn Minuten alt ist, falls jemand anderes an Ihrem Platz sitzt.',
  mail: address => `Link an ${address} schicken`,
  mailHint:
    'Ein Link per Mail genügt: öffnen Sie ihn in diesem Browser, und Sie kommen dorthin zurück, wo Sie waren.',
  mailed: {
    title: 'Sehen Sie in Ihre Mail',
    text: address =>
      `Ein Link ist unterwegs an ${address}. Öffnen Sie ihn in diesem Browser und drücken Sie den Knopf: Sie kommen zurück auf die Seite, auf der Sie waren.`,
    mailbox: 'Das Postfach dieses Rechners öffnen, in dem er liegt',
    again: 'Anders nachweisen',
  },
  tooMany:
    'In der letzten Stunde gingen fünf Links hinaus, mehr gibt es nicht. Nehmen Sie einen Passkey, oder warten Sie etwas.',
  back: 'Zurück',
  done: {
    title: 'Sie sind es',
    text: 'Zehn Minuten lang fragt nichts mehr danach. Wartet in einem anderen Tab ein Formular, gehen Sie dorthin und drücken Sie dessen Knopf noch einmal.',
    next: 'Zurück zur Redaktion',
  },
  refused: {
    title: 'Noch ist nichts gespeichert: weisen Sie erst nach, dass Sie es sind',
    text: 'Ihre Eingaben stehen noch da. Weisen Sie es in einem anderen Tab nach, kommen Sie zurück und drücken Sie den Knopf noch einmal.',
    act: 'In einem anderen Tab nachweisen',
  },
  sender: {
    hint: 'Diese drei zu ändern braucht einen Nachweis, höchstens zehn Minuten alt, dass Sie es sind.',
    act: 'In einem anderen Tab nachweisen',
    field: 'Das zu ändern braucht den Nachweis.',
  },
}

/** Words of the page on which an editor proves anew who they are, and of what asks for it. */
export const proofWords: Record<Language, ProofWords> = { en, de }
