import { clock, dayOfYear, sayNumber } from '../dates.ts'
import type { DispatchError, DispatchWarning, PauseReason } from '../dispatch.ts'
import type { Language } from '../languages.ts'

type Finding = (found: DispatchError | DispatchWarning) => string

const en = {
  test: {
    title: 'Send a test',
    label: 'Test to',
    hint: 'The subject says that it is a test; its links to leave end nobody’s subscription.',
    button: 'Send a test',
    sent: (to: string) => `The test to ${to} is on its way.`,
    notAnAddress: 'This is not an e-mail address.',
    noNewsletter: 'Choose a newsletter first: a test is what its readers would get.',
  },
  title: 'Send this digest?',
  subject: 'Subject',
  from: 'From',
  to: 'To',
  readers: (count: number) => (count === 1 ? '1 reader' : `${sayNumber(count, 'en')} readers`),
  mailbox: 'Nothing leaves this machine: the mailbox catches it.',
  ready: 'Nothing stands in the way.',
  checks: 'Before it goes',
  now: (count: number) => `Send to ${count === 1 ? '1 reader' : `${sayNumber(count, 'en')} readers`} now`,
  breaking: 'Breaking news: goes ahead of what is being sent',
  at: 'Or at a time',
  atHint: (zone: string) => `In the publication’s time zone, ${zone}.`,
  schedule: 'Schedule',
  back: 'Back to the digest',
  timeMissing: 'Choose a day and a time.',
  timePast: 'This time is past.',
  another: 'It is scheduled for another time. Cancel that first.',
  sayFinding: (found => {
    switch (found.code) {
      case 'no-newsletters':
        return 'It goes to no newsletter yet. Choose one.'
      case 'no-subject':
        return 'It has no subject.'
      case 'no-article':
        return 'It has no story.'
      case 'missing-articles':
        return 'A story in it is not there any more. Remove it.'
      case 'time-is-past':
        return 'This time is past.'
      case 'public-url-not-https':
        return `PUBLIC_URL is ${found.publicUrl}: links in mail must be https.`
      case 'sender-missing':
        return `${found.newsletter} has no sender address. Set one in the settings.`
      case 'postal-address-missing':
        return 'The publication has no postal address, which every mail must carry. Set it in the settings.'
      case 'sample-publication':
        return 'Name, sender or postal address are still the sample’s. Change them in the settings.'
      case 'from-not-aligned':
        return `${found.newsletter} is sent from ${found.from}, which does not belong to the DKIM domain ${found.dkimDomain}.`
      case 'no-preheader':
        return 'It has no preheader: mail programs show its first words instead.'
      case 'no-readers':
        return `${found.newsletter} has no readers yet.`
      case 'no-dkim':
        return 'Mail is not signed: large providers may refuse it. Set DKIM_DOMAIN, DKIM_SELECTOR and DKIM_PRIVATE_KEY.'
    }
  }) as Finding,
  tooLarge: (kilobytes: number) =>
    `It has ${kilobytes} KB: Gmail cuts mails near 100 KB, and the link to leave with them. Shorten it.`,
  undescribed: (title: string) => `The picture of “${title}” has no description for those who don’t see it.`,
  outsideHours: (newsletter: string, from: string, zone?: string) =>
    `${newsletter} goes out from ${from} on${zone ? ` (${zone})` : ''}: its readers get it then.`,
  scheduledFor: (at: Date, zone: string) => `${dayOfYear(at, zone, 'en')}, ${clock(at, zone, 'en')}`,
  unschedule: 'Take it back',
  paused: {
    editor: 'An editor paused it.',
    late: 'It was found over an hour after its time, so it asks first.',
    interrupted: 'Nobody sent it for six hours, so it asks first.',
    'not-ready': 'At its time something stood in the way. Mend it, then go on.',
    rendering: 'It could not be made into a mail. Mend the digest’s stories or template, then go on.',
    'smtp-refused':
      'The mail server refuses us. No reader is to blame and none was suppressed. Mend it, then go on.',
    'smtp-sign-in': 'The mail server does not take our password. Check SMTP_URL, then go on.',
    'smtp-tls': 'The connection to the mail server could not be secured. Nothing was sent in the clear.',
    'message-too-big':
      'The mail server finds the message too big. Shorten the digest next time, or raise its limit.',
    'limit-exceeded': 'The mail server says that a sending limit is reached. Go on when it allows more.',
    policy: 'The mail server refuses by its policy. No reader is to blame and none was suppressed.',
    failures:
      'Too many of its readers could not be reached, so it stopped to ask. See who and why, then go on or cancel.',
    'same-reply':
      'One and the same refusal came for 20 readers of three domains: the fault is ours. None was suppressed.',
  } satisfies Record<PauseReason, string>,
}

export type SendingWords = typeof en

export const sendingWords: Record<Language, SendingWords> = {
  en,
  de: {
    test: {
      title: 'Test senden',
      label: 'Test an',
      hint: 'Der Betreff sagt, dass es ein Test ist; seine Links zum Abbestellen beenden kein Abonnement.',
      button: 'Test senden',
      sent: to => `Der Test an ${to} ist unterwegs.`,
      notAnAddress: 'Das ist keine E-Mail-Adresse.',
      noNewsletter: 'Wählen Sie zuerst einen Newsletter: Ein Test ist, was dessen Leser bekämen.',
    },
    title: 'Diese Ausgabe senden?',
    subject: 'Betreff',
    from: 'Von',
    to: 'An',
    readers: count => (count === 1 ? '1 Leser' : `${sayNumber(count, 'de')} Leser`),
    mailbox: 'Nichts verlässt diesen Rechner: Das Postfach fängt es auf.',
    ready: 'Nichts steht im Weg.',
    checks: 'Bevor sie hinausgeht',
    now: count => `Jetzt an ${count === 1 ? '1 Leser' : `${sayNumber(count, 'de')} Leser`} senden`,
    breaking: 'Eilmeldung: geht vor allem anderen hinaus, was gerade versandt wird',
    at: 'Oder zu einer Zeit',
    atHint: zone => `In der Zeitzone der Publikation, ${zone}.`,
    schedule: 'Planen',
    back: 'Zurück zur Ausgabe',
    timeMissing: 'Wählen Sie Tag und Uhrzeit.',
    timePast: 'Diese Zeit ist vorbei.',
    another: 'Sie ist für eine andere Zeit geplant. Nehmen Sie das zuerst zurück.',
    sayFinding: found => {
      switch (found.code) {
        case 'no-newsletters':
          return 'Sie geht noch an keinen Newsletter. Wählen Sie einen.'
        case 'no-subject':
          return 'Sie hat keinen Betreff.'
        case 'no-article':
          return 'Sie hat keinen Artikel.'
        case 'missing-articles':
          return 'Einen Artikel darin gibt es nicht mehr. Entfernen Sie ihn.'
        case 'time-is-past':
          return 'Diese Zeit ist vorbei.'
        case 'public-url-not-https':
          return `PUBLIC_URL ist ${found.publicUrl}: Links in Mails müssen https sein.`
        case 'sender-missing':
          return `${found.newsletter} hat keine Absenderadresse. Tragen Sie in den Einstellungen eine ein.`
        case 'postal-address-missing':
          return 'Die Publikation hat keine Postanschrift, die in jede Mail gehört. Tragen Sie sie in den Einstellungen ein.'
        case 'sample-publication':
          return 'Name, Absender oder Postanschrift sind noch die des Beispiels. Ändern Sie sie in den Einstellungen.'
        case 'from-not-aligned':
          return `${found.newsletter} kommt von ${found.from}, das nicht zur DKIM-Domain ${found.dkimDomain} gehört.`
        case 'no-preheader':
          return 'Sie hat keine Vorschauzeile: Mailprogramme zeigen stattdessen die ersten Wörter.'
        case 'no-readers':
          return `${found.newsletter} hat noch keine Leser.`
        case 'no-dkim':
          return 'Mails sind nicht signiert: Große Anbieter lehnen sie vielleicht ab. Setzen Sie DKIM_DOMAIN, DKIM_SELECTOR und DKIM_PRIVATE_KEY.'
      }
    },
    tooLarge: kilobytes =>
      `Sie hat ${kilobytes} KB: Gmail schneidet Mails bei etwa 100 KB ab, samt dem Link zum Abbestellen. Kürzen Sie sie.`,
    undescribed: title => `Das Bild von „${title}“ hat keine Beschreibung für alle, die es nicht sehen.`,
    outsideHours: (newsletter, from, zone) =>
      `${newsletter} geht ab ${from} Uhr hinaus${zone ? ` (${zone})` : ''}: Dann bekommen seine Leser sie.`,
    scheduledFor: (at, zone) => `${dayOfYear(at, zone, 'de')}, ${clock(at, zone, 'de')} Uhr`,
    unschedule: 'Zurücknehmen',
    paused: {
      editor: 'Ein Redakteur hat sie angehalten.',
      late: 'Sie wurde über eine Stunde nach ihrer Zeit gefunden und fragt daher zuerst.',
      interrupted: 'Sechs Stunden lang hat sie niemand versandt, daher fragt sie zuerst.',
      'not-ready': 'Zu ihrer Zeit stand etwas im Weg. Beheben Sie es, dann geht es weiter.',
      rendering:
        'Sie ließ sich nicht zu einer Mail machen. Prüfen Sie Artikel und Vorlage, dann geht es weiter.',
      'smtp-refused':
        'Der Mailserver weist uns ab. Kein Leser ist schuld, keiner wurde gesperrt. Beheben Sie es, dann geht es weiter.',
      'smtp-sign-in':
        'Der Mailserver nimmt unser Passwort nicht an. Prüfen Sie SMTP_URL, dann geht es weiter.',
      'smtp-tls':
        'Die Verbindung zum Mailserver ließ sich nicht sichern. Nichts ging unverschlüsselt hinaus.',
      'message-too-big':
        'Dem Mailserver ist die Nachricht zu groß. Kürzen Sie die nächste Ausgabe, oder heben Sie seine Grenze an.',
      'limit-exceeded':
        'Der Mailserver meldet, dass eine Grenze erreicht ist. Weiter, sobald er mehr erlaubt.',
      policy: 'Der Mailserver weist uns nach seinen Regeln ab. Kein Leser ist schuld, keiner wurde gesperrt.',
      failures:
        'Zu viele ihrer Leser waren nicht zu erreichen, daher fragt sie. Sehen Sie nach, wen und warum, dann weiter oder abbrechen.',
      'same-reply':
        'Ein und dieselbe Absage kam für 20 Leser dreier Domains: Der Fehler liegt bei uns. Niemand wurde gesperrt.',
    },
  },
}
