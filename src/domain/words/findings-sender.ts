import { clock, sayNumber } from '../dates.ts'
import type { SenderFound } from '../preflight/finding.ts'
import { sayList } from '../say-list.ts'
import type { FindingWords } from './findings.ts'

const en: FindingWords<SenderFound> = {
  'time-is-past': () => 'This time is past. Choose a later one.',
  'not-approved': ({ newsletters, waits }) =>
    waits
      ? `${sayList(newsletters, 'en')} goes out only with a second person’s approval, which is asked for and not given yet.`
      : `${sayList(newsletters, 'en')} goes out only with a second person’s approval, of just this content and time. Ask for it.`,
  'audience-newsletter-gone': ({ newsletter }) =>
    `Its readers are chosen by the newsletter ${newsletter}, which is not there any more. Remove that condition.`,
  'audience-digest-unknown': ({ digest }) =>
    `Its readers are chosen by who got digest ${digest}, and that is not known any more, or not yet. Remove that condition.`,
  'recent-mail': ({ readers, digest, at }, zone) =>
    `${readers === 1 ? '1 of its readers' : `${sayNumber(readers, 'en')} of its readers`} got “${digest}” at ${clock(new Date(at), zone, 'en')}, less than three hours before.`,
  'no-readers': ({ newsletter }) => `${newsletter} has no readers yet.`,
  'outside-hours': ({ newsletter, from, timeZone }, zone) =>
    `${newsletter} goes out from ${from} on${timeZone === zone ? '' : ` (${timeZone})`}: its readers get it then.`,
  'public-url-not-https': ({ publicUrl }) => `PUBLIC_URL is ${publicUrl}: links in mail must be https.`,
  'sender-missing': ({ newsletter }) => `${newsletter} has no sender address. Set one in the settings.`,
  'postal-address-missing': () =>
    'The publication has no postal address, which every mail must carry. Set it in the settings.',
  'sample-publication': () =>
    'Name, sender or postal address are still the sample’s. Change them in the settings.',
  'from-not-aligned': ({ newsletter, from, dkimDomain }) =>
    `${newsletter} is sent from ${from}, which does not belong to the DKIM domain ${dkimDomain}.`,
  'no-dkim': () =>
    'Mail is not signed: large providers may refuse it. Set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY.',
  'spf-missing': ({ domain }) =>
    `${domain} has no SPF record: large providers may refuse mail from it. Publish one that names your mail server.`,
  'spf-several': ({ domain }) =>
    `${domain} has more than one SPF record, so that none counts. Make one of them.`,
  'dkim-missing': ({ name }) =>
    `There is no DKIM key at ${name}: nobody can check our signature. The settings show the record to publish.`,
  'dkim-other-key': ({ name }) =>
    `The DKIM key at ${name} is not the one that signs: every signature fails. The settings show the record to publish.`,
  'dmarc-missing': ({ domain }) =>
    `${domain} has no DMARC record: large providers demand one. “v=DMARC1; p=none” at _dmarc.${domain} is enough.`,
  'dmarc-several': ({ domain }) =>
    `${domain} has more than one DMARC record, so that none counts. Keep one of them.`,
  'dns-not-checked': ({ name }) => `${name} was not checked: the DNS did not answer.`,
}

const de: FindingWords<SenderFound> = {
  'time-is-past': () => 'Diese Zeit ist vorbei. Wählen Sie eine spätere.',
  'not-approved': ({ newsletters, waits }) =>
    waits
      ? `${sayList(newsletters, 'de')} geht nur mit der Freigabe einer zweiten Person hinaus. Sie ist erbeten und noch nicht erteilt.`
      : `${sayList(newsletters, 'de')} geht nur mit der Freigabe einer zweiten Person hinaus, für genau diesen Inhalt und diese Zeit. Bitten Sie darum.`,
  'audience-newsletter-gone': ({ newsletter }) =>
    `Ihre Leser sind nach dem Newsletter ${newsletter} gewählt, den es nicht mehr gibt. Entfernen Sie diese Bedingung.`,
  'audience-digest-unknown': ({ digest }) =>
    `Ihre Leser sind danach gewählt, wer die Ausgabe ${digest} bekam. Das weiß man nicht mehr, oder noch nicht. Entfernen Sie diese Bedingung.`,
  'recent-mail': ({ readers, digest, at }, zone) =>
    `${readers === 1 ? '1 ihrer Leser bekam' : `${sayNumber(readers, 'de')} ihrer Leser bekamen`} um ${clock(new Date(at), zone, 'de')} Uhr „${digest}“, weniger als drei Stunden vorher.`,
  'no-readers': ({ newsletter }) => `${newsletter} hat noch keine Leser.`,
  'outside-hours': ({ newsletter, from, timeZone }, zone) =>
    `${newsletter} geht ab ${from} Uhr hinaus${timeZone === zone ? '' : ` (${timeZone})`}: Dann bekommen seine Leser sie.`,
  'public-url-not-https': ({ publicUrl }) => `PUBLIC_URL ist ${publicUrl}: Links in Mails müssen https sein.`,
  'sender-missing': ({ newsletter }) =>
    `${newsletter} hat keine Absenderadresse. Tragen Sie in den Einstellungen eine ein.`,
  'postal-address-missing': () =>
    'Die Publikation hat keine Postanschrift, die in jede Mail gehört. Tragen Sie sie in den Einstellungen ein.',
  'sample-publication': () =>
    'Name, Absender oder Postanschrift sind noch die des Beispiels. Ändern Sie sie in den Einstellungen.',
  'from-not-aligned': ({ newsletter, from, dkimDomain }) =>
    `${newsletter} kommt von ${from}, das nicht zur DKIM-Domain ${dkimDomain} gehört.`,
  'no-dkim': () =>
    'Mails sind nicht signiert: Große Anbieter lehnen sie vielleicht ab. Setzen Sie DKIM_DOMAIN, DKIM_SELECTOR und DKIM_PRIVATE_KEY.',
  'spf-missing': ({ domain }) =>
    `${domain} hat keinen SPF-Eintrag: Große Anbieter lehnen Mails von dort vielleicht ab. Veröffentlichen Sie einen, der Ihren Mailserver nennt.`,
  'spf-several': ({ domain }) =>
    `${domain} hat mehr als einen SPF-Eintrag, daher gilt keiner. Machen Sie einen daraus.`,
  'dkim-missing': ({ name }) =>
    `Unter ${name} steht kein DKIM-Schlüssel: Niemand kann unsere Unterschrift prüfen. Die Einstellungen zeigen, was ins DNS gehört.`,
  'dkim-other-key': ({ name }) =>
    `Der DKIM-Schlüssel unter ${name} ist nicht der, der unterschreibt: Jede Unterschrift scheitert. Die Einstellungen zeigen, was ins DNS gehört.`,
  'dmarc-missing': ({ domain }) =>
    `${domain} hat keinen DMARC-Eintrag: Große Anbieter verlangen einen. „v=DMARC1; p=none“ unter _dmarc.${domain} genügt.`,
  'dmarc-several': ({ domain }) =>
    `${domain} hat mehr als einen DMARC-Eintrag, daher gilt keiner. Behalten Sie einen davon.`,
  'dns-not-checked': ({ name }) => `${name} wurde nicht geprüft: Das DNS antwortete nicht.`,
}

export const senderFindings = { en, de }
