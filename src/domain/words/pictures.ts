import { sayNumber } from '../dates.ts'
import type { Language } from '../languages.ts'

/** Why a file was not taken for a picture: by reason, with the figures of the refusal. */
export type PictureFault =
  | { reason: 'empty' | 'damaged' | 'print-colours' | 'moving' | 'busy' }
  | { reason: 'too-large'; megabytes: number }
  | { reason: 'no-picture'; found: 'svg' | 'html' | 'heic' | 'tiff' | 'pdf' | 'other' }
  | { reason: 'too-many-pixels'; width: number; height: number; megapixels: number; side: number }

const en = {
  upload: 'Upload a picture',
  uploadHint:
    'JPEG, PNG, WebP, GIF or AVIF, at most 15 MB. What we keep is small, and tells neither place nor camera.',
  /** Only where a script makes it true. */
  dropHint: 'Or drop it here, or paste it.',
  /** `{name}` is the file’s. */
  chosen: 'Chosen: {name}. It is kept when you save.',
  tooLarge: 'This file is larger than 15 MB. Make it smaller, and choose it again.',
  notAPicture: 'This is no picture. Choose a JPEG, PNG, WebP, GIF or AVIF.',
  remove: 'Remove the picture',
  size: (width: string, height: string) => `${width} × ${height} pixels`,
  elsewhere: 'Not kept here: mails load it from its own site.',
  url: 'Or a link to a picture',
  urlHint: 'It is fetched once when you save, and kept here.',
  alt: 'What the picture shows',
  altHint: 'For those who don’t see it, and while pictures are off: “A camera over an empty street”.',
  decorative: 'This picture is decoration',
  decorativeHint:
    'It says nothing that the text does not. Nobody is told of it, and it needs no description.',
  credit: 'Credit',
  altMissing: 'Say what the picture shows, or tick that it is decoration.',
  altIsTitle: 'This is the headline again, which readers hear anyway. Say what is to be seen.',
  savedNotHad:
    'Saved. The picture could not be fetched from its address, so it is not kept here. Check the link, or upload it.',
  logo: 'Logo',
  logoHint:
    'Wide rather than high, 440 pixels or more, PNG with a clear ground if it has one. It stands over every mail and page.',
  logoUpload: 'Upload logo',
  logoFile: 'A file for the logo',
  logoRemove: 'Remove logo',
  logoNone: 'There is no logo; the name stands in its place.',
  logoMissing: 'Choose a file first.',
  faults: {
    empty: 'This file is empty. Choose it again.',
    damaged: 'This file is cut or damaged and can’t be read. Save it anew, or choose another.',
    'print-colours': 'This picture has the colours of print (CMYK). Save it as RGB, and upload that.',
    moving: 'This WebP moves. Save one of its pictures as JPEG or PNG, and upload that.',
    busy: 'Many pictures are being taken in just now. Try again in a minute.',
  },
  megabytes: (most: string) => `This file is larger than ${most} MB. Make it smaller, and upload that.`,
  found: {
    svg: 'SVG is not shown in mails. Export it as PNG, 1,200 pixels wide, and upload that.',
    html: 'This is a web page, not a picture. Open the picture itself, and save that.',
    heic: 'HEIC is not shown in mails. Export it as JPEG, and upload that.',
    tiff: 'TIFF is not shown in mails. Export it as JPEG, and upload that.',
    pdf: 'This is a PDF, not a picture. Export the page as JPEG or PNG, and upload that.',
    other: 'This is no picture that we can read. Upload a JPEG, PNG, WebP, GIF or AVIF.',
  },
  pixels: (width: string, height: string, megapixels: string, side: string) =>
    `This picture has ${width} × ${height} pixels. At most ${megapixels} million are taken, and ${side} on a side: make it smaller, and upload that.`,
}

export type PictureWords = typeof en

const de: PictureWords = {
  upload: 'Bild hochladen',
  uploadHint:
    'JPEG, PNG, WebP, GIF oder AVIF, höchstens 15 MB. Was wir behalten, ist klein und verrät weder Ort noch Kamera.',
  dropHint: 'Oder hierher ziehen, oder einfügen.',
  chosen: 'Gewählt: {name}. Mit dem Sichern wird es behalten.',
  tooLarge: 'Diese Datei ist größer als 15 MB. Verkleinern Sie sie, und wählen Sie sie noch einmal.',
  notAPicture: 'Das ist kein Bild. Wählen Sie JPEG, PNG, WebP, GIF oder AVIF.',
  remove: 'Bild entfernen',
  size: (width, height) => `${width} × ${height} Pixel`,
  elsewhere: 'Nicht hier aufbewahrt: Mails laden es von seiner eigenen Site.',
  url: 'Oder ein Link zu einem Bild',
  urlHint: 'Es wird beim Sichern einmal geholt und hier aufbewahrt.',
  alt: 'Was das Bild zeigt',
  altHint: 'Für alle, die es nicht sehen, und solange Bilder aus sind: „Eine Kamera über leerer Straße“.',
  decorative: 'Dieses Bild ist Schmuck',
  decorativeHint:
    'Es sagt nichts, was der Text nicht sagt. Niemandem wird davon vorgelesen, und es braucht keine Beschreibung.',
  credit: 'Bildnachweis',
  altMissing: 'Sagen Sie, was das Bild zeigt, oder kreuzen Sie an, dass es Schmuck ist.',
  altIsTitle: 'Das ist noch einmal die Überschrift, die Leser ohnehin hören. Sagen Sie, was zu sehen ist.',
  savedNotHad:
    'Gesichert. Das Bild war unter seiner Adresse nicht zu holen und ist nicht hier aufbewahrt. Prüfen Sie den Link, oder laden Sie es hoch.',
  logo: 'Logo',
  logoHint:
    'Eher breit als hoch, ab 440 Pixel, als PNG mit klarem Grund, wenn es einen hat. Es steht über jeder Mail und Seite.',
  logoUpload: 'Logo hochladen',
  logoFile: 'Eine Datei für das Logo',
  logoRemove: 'Logo entfernen',
  logoNone: 'Es gibt kein Logo; an seiner Stelle steht der Name.',
  logoMissing: 'Wählen Sie zuerst eine Datei.',
  faults: {
    empty: 'Diese Datei ist leer. Wählen Sie sie noch einmal.',
    damaged:
      'Diese Datei ist abgeschnitten oder beschädigt und nicht zu lesen. Speichern Sie sie neu, oder wählen Sie eine andere.',
    'print-colours':
      'Dieses Bild hat die Farben des Drucks (CMYK). Speichern Sie es als RGB, und laden Sie das hoch.',
    moving:
      'Dieses WebP bewegt sich. Speichern Sie eines seiner Bilder als JPEG oder PNG, und laden Sie das hoch.',
    busy: 'Gerade werden viele Bilder aufgenommen. Versuchen Sie es in einer Minute noch einmal.',
  },
  megabytes: most => `Diese Datei ist größer als ${most} MB. Verkleinern Sie sie, und laden Sie das hoch.`,
  found: {
    svg: 'SVG wird in Mails nicht gezeigt. Exportieren Sie es als PNG, 1.200 Pixel breit, und laden Sie das hoch.',
    html: 'Das ist eine Webseite, kein Bild. Öffnen Sie das Bild selbst, und speichern Sie das.',
    heic: 'HEIC wird in Mails nicht gezeigt. Exportieren Sie es als JPEG, und laden Sie das hoch.',
    tiff: 'TIFF wird in Mails nicht gezeigt. Exportieren Sie es als JPEG, und laden Sie das hoch.',
    pdf: 'Das ist ein PDF, kein Bild. Exportieren Sie die Seite als JPEG oder PNG, und laden Sie das hoch.',
    other: 'Das ist kein Bild, das wir lesen können. Laden Sie JPEG, PNG, WebP, GIF oder AVIF hoch.',
  },
  pixels: (width, height, megapixels, side) =>
    `Dieses Bild hat ${width} × ${height} Pixel. Höchstens ${megapixels} Millionen gehen, und ${side} auf einer Seite: Verkleinern Sie es, und laden Sie das hoch.`,
}

export const pictureWords: Record<Language, PictureWords> = { en, de }

/** What to do about a file that was not taken: a sentence for the field where it was chosen. */
export function pictureFault(language: Language, fault: PictureFault): string {
  const words = pictureWords[language]
  const say = (number: number) => sayNumber(number, language)
  switch (fault.reason) {
    case 'too-large':
      return words.megabytes(say(fault.megabytes))
    case 'no-picture':
      return words.found[fault.found]
    case 'too-many-pixels':
      return words.pixels(say(fault.width), say(fault.height), say(fault.megapixels), say(fault.side))
    default:
      return words.faults[fault.reason]
  }
}
