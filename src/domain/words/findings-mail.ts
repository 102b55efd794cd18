import { sayNumber } from '../dates.ts'
import type { LinkFound, MailFound } from '../preflight/finding.ts'
import type { FindingWords } from './findings.ts'

/** An address as a sentence holds it: whole names, cut where it goes on and on. */
const short = (url: string) => {
  const shown = url.replace(/^https?:\/\//, '').replace(/\/$/, '')
  return shown.length > 80 ? `${shown.slice(0, 79)}…` : shown
}
const kilobytes = (octets: number) => Math.ceil(octets / 1000)

const en: FindingWords<LinkFound | MailFound> = {
  'link-unusable': ({ url, reason }) =>
    ({
      relative: `The link “${short(url)}” leads nowhere from a mail. Write the whole address, with https://.`,
      scheme: `The link “${short(url)}” can’t be opened from a mail. Links begin with https:// or mailto:.`,
      malformed: `The link “${short(url)}” is no address. Check its spelling.`,
    })[reason],
  'link-not-https': ({ url }) =>
    `${short(url)} is linked without encryption (http://). Use https:// if the site has it.`,
  'link-shortened': ({ url, host }) =>
    `${short(url)} hides where it leads: spam filters distrust ${host}. Link the page itself.`,
  'link-redirects': ({ url, target }) =>
    `${short(url)} leads on to ${short(target)}. Link that, if it is where readers are to go.`,
  'link-dead': ({ url, status }) =>
    `${short(url)} is not there (${status}): readers would find an error. Mend the link, or remove it.`,
  'link-unknown-host': ({ url, host }) =>
    `${short(url)} leads nowhere: there is no site ${host}. Check the spelling.`,
  'link-not-checked': ({ url, reason, status }) =>
    ({
      refused: `${short(url)} could not be checked: the site answered ${status} to us. Readers may well see it.`,
      timeout: `${short(url)} could not be checked: the site did not answer in time.`,
      unreachable: `${short(url)} could not be checked: the site could not be reached.`,
      private: `${short(url)} was not checked: it is no public address. Can your readers reach it?`,
    })[reason],
  'links-not-reached': ({ count }) =>
    count === 1
      ? 'One more link was not checked: the time was up.'
      : `${sayNumber(count, 'en')} more links were not checked: the time was up.`,
  'not-rendered': ({ newsletter, reason }) =>
    `For ${newsletter} no mail could be made of it. Its template says: ${reason}`,
  'html-too-large': ({ newsletter, octets }) =>
    `For ${newsletter} it has ${kilobytes(octets)} KB: Gmail cuts mails near 100 KB, and the link to leave with them. Shorten it.`,
  'html-nearly-too-large': ({ newsletter, octets }) =>
    `For ${newsletter} it has ${kilobytes(octets)} KB, near the 100 KB at which Gmail cuts. Add nothing more.`,
  'no-text-part': ({ newsletter }) => `For ${newsletter} it has no plain text, which some readers see alone.`,
  'no-unsubscribe-link': ({ newsletter }) =>
    `For ${newsletter} it has no link to leave, which every mail must carry. Mend the template.`,
  'no-imprint': ({ newsletter }) =>
    `For ${newsletter} the postal address is missing, which every mail must carry. Mend the template.`,
  'accent-weak': ({ accent, contrast, least, instead }) =>
    `The accent colour ${accent} is too weak to be read (${contrast} of ${least}): ${instead} stands in its place. Set a darker one in the settings.`,
}

const de: FindingWords<LinkFound | MailFound> = {
  'link-unusable': ({ url, reason }) =>
    ({
      relative: `Der Link „${short(url)}“ führt aus einer Mail nirgendwohin. Schreiben Sie die ganze Adresse, mit https://.`,
      scheme: `Der Link „${short(url)}“ lässt sich aus einer Mail nicht öffnen. Links beginnen mit https:// oder mailto:.`,
      malformed: `Der Link „${short(url)}“ ist keine Adresse. Prüfen Sie die Schreibweise.`,
    })[reason],
  'link-not-https': ({ url }) =>
    `${short(url)} ist unverschlüsselt verlinkt (http://). Nehmen Sie https://, wenn die Site es hat.`,
  'link-shortened': ({ url, host }) =>
    `${short(url)} verbirgt, wohin er führt: Spamfilter misstrauen ${host}. Verlinken Sie die Seite selbst.`,
  'link-redirects': ({ url, target }) =>
    `${short(url)} führt weiter zu ${short(target)}. Verlinken Sie das, wenn Leser dorthin sollen.`,
  'link-dead': ({ url, status }) =>
    `${short(url)} gibt es nicht (${status}): Leser fänden einen Fehler. Berichtigen oder entfernen Sie den Link.`,
  'link-unknown-host': ({ url, host }) =>
    `${short(url)} führt nirgendwohin: Es gibt keine Site ${host}. Prüfen Sie die Schreibweise.`,
  'link-not-checked': ({ url, reason, status }) =>
    ({
      refused: `${short(url)} ließ sich nicht prüfen: Die Site antwortete uns mit ${status}. Leser sehen sie vielleicht trotzdem.`,
      timeout: `${short(url)} ließ sich nicht prüfen: Die Site antwortete nicht rechtzeitig.`,
      unreachable: `${short(url)} ließ sich nicht prüfen: Die Site war nicht zu erreichen.`,
      private: `${short(url)} wurde nicht geprüft: Es ist keine öffentliche Adresse. Erreichen Ihre Leser sie?`,
    })[reason],
  'links-not-reached': ({ count }) =>
    count === 1
      ? 'Ein weiterer Link wurde nicht geprüft: Die Zeit war um.'
      : `${sayNumber(count, 'de')} weitere Links wurden nicht geprüft: Die Zeit war um.`,
  'not-rendered': ({ newsletter, reason }) =>
    `Für ${newsletter} ließ sich keine Mail daraus machen. Die Vorlage sagt: ${reason}`,
  'html-too-large': ({ newsletter, octets }) =>
    `Für ${newsletter} hat sie ${kilobytes(octets)} KB: Gmail schneidet Mails bei etwa 100 KB ab, samt dem Link zum Abbestellen. Kürzen Sie sie.`,
  'html-nearly-too-large': ({ newsletter, octets }) =>
    `Für ${newsletter} hat sie ${kilobytes(octets)} KB, nahe den 100 KB, bei denen Gmail abschneidet. Nehmen Sie nichts mehr auf.`,
  'no-text-part': ({ newsletter }) => `Für ${newsletter} fehlt der reine Text; manche Leser sehen nur ihn.`,
  'no-unsubscribe-link': ({ newsletter }) =>
    `Für ${newsletter} fehlt der Link zum Abbestellen, der in jede Mail gehört. Berichtigen Sie die Vorlage.`,
  'no-imprint': ({ newsletter }) =>
    `Für ${newsletter} fehlt die Postanschrift, die in jede Mail gehört. Berichtigen Sie die Vorlage.`,
  'accent-weak': ({ accent, contrast, least, instead }) =>
    `Die Akzentfarbe ${accent} ist zu schwach zum Lesen (${String(contrast).replace('.', ',')} von ${String(least).replace('.', ',')}): An ihrer Stelle steht ${instead}. Setzen Sie in den Einstellungen eine dunklere.`,
}

export const mailFindings = { en, de }
