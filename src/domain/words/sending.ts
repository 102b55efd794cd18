import { sayNumber } from '../dates.ts'
import type { PauseReason } from '../dispatch.ts'
import type { Language } from '../languages.ts'

const en = {
  test: {
    title: 'Send a test',
    who: 'To whom',
    me: (address: string) => `Me (${address})`,
    testers: (count: number) => (count === 1 ? 'The tester of the list' : `The ${count} testers of the list`),
    noTesters: 'The testers: there are none on the list yet',
    testersLink: 'The list of testers',
    other: 'Another address',
    label: 'Address',
    hint: 'The subject says that it is a test; its links to leave end nobody’s subscription.',
    button: 'Send a test',
    sent: (to: string) => `The test to ${to} is on its way.`,
    sentToTesters: (count: number) =>
      count === 1
        ? 'The test to the tester is on its way.'
        : `The tests to ${count} testers are on their way.`,
    embargo: (title: string, until: string, addresses: string) =>
      `“${title}” is under embargo until ${until}: until then a test goes to editors of this house alone, and not to ${addresses}.`,
    faults: 'A story in it is not there any more. Remove it first.',
    notAnAddress: 'This is not an e-mail address.',
    noNewsletter: 'Choose a newsletter first: a test is what its readers would get.',
  },
  title: 'Send this digest?',
  subject: 'Subject',
  from: 'From',
  to: 'To',
  readers: (count: number) => (count === 1 ? '1 reader' : `${sayNumber(count, 'en')} readers`),
  mailbox: 'Nothing leaves this machine: the mailbox catches it.',
  checks: 'Before it goes',
  now: (count: number) => `Send to ${count === 1 ? '1 reader' : `${sayNumber(count, 'en')} readers`} now`,
  breaking: 'Breaking news: goes ahead of what is being sent',
  at: 'Or at a time',
  atOnly: 'At a time',
  clock: 'By whose clock',
  clockOf: (zone: string) => `The publication’s (${zone})`,
  clockOfReaders: 'Each reader’s own',
  clockOfReadersHint:
    'Where a reader’s time zone is not known it is the publication’s. Who is past that time already gets it at once.',
  summary: (subject: string, readers: string, newsletters: string) =>
    `“${subject}” goes to ${readers} of ${newsletters}.`,
  holds: (seconds: number) => `After “Send” you have ${seconds} seconds to stop it.`,
  waiting: (seconds: number) => (seconds === 1 ? 'Starts in 1 second.' : `Starts in ${seconds} seconds.`),
  stop: 'Stop',
  tooLate: 'It was too late to stop it: it has started. It can be paused or cancelled.',
  stopped: 'Stopped. Nobody got it; it is a draft again.',
  schedule: 'Schedule',
  back: 'Back to the digest',
  timeMissing: 'Choose a day and a time.',
  timePast: 'This time is past.',
  another: 'It is scheduled for another time. Cancel that first.',
  asks: (count: number) =>
    count === 1
      ? 'One thing to look at; it can be sent as it is.'
      : `${count} things to look at; it can be sent as it is.`,
  news: 'Nothing was sent: something came up since you read this page. Look at it, then send.',
  preview: {
    title: 'Show it to somebody',
    hint: 'A link shows the digest, as it is saved, to whoever has it, without signing in. It ends after seven days.',
    make: 'Make a preview link',
    link: 'Preview link',
    until: (until: string) => `It works until ${until}. Copy it now: it is shown this once.`,
    embargo: (until: string) => `A story in it is under embargo: until ${until} the link shows nothing.`,
    end: 'End all its preview links',
    ended: 'No preview link of this digest works any more.',
  },
  scheduledFor: (when: string) => `Goes out ${when}`,
  unschedule: 'Take it back',
  paused: {
    editor: 'An editor paused it.',
    late: 'It was found over an hour after its time, so it asks first.',
    interrupted: 'Nobody sent it for six hours, so it asks first.',
    'not-ready': 'At its time something stood in the way. Mend it, then go on.',
    rendering: 'It could not be made into a mail. Mend the digest’s stories or template, then go on.',
    'smtp-refused':
      'The mail server refuses us. No reader is to blame and none was suppressed. Mend it, then go on.',
    'smtp-sign-in':
      'The mail server does not take our password or key. Check SMTP_URL and what belongs to it, then go on.',
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
      who: 'An wen',
      me: address => `An mich (${address})`,
      testers: count => (count === 1 ? 'An den Tester der Liste' : `An die ${count} Tester der Liste`),
      noTesters: 'An die Tester: Noch steht niemand auf der Liste',
      testersLink: 'Die Liste der Tester',
      other: 'An eine andere Adresse',
      label: 'Adresse',
      hint: 'Der Betreff sagt, dass es ein Test ist; seine Links zum Abbestellen beenden kein Abonnement.',
      button: 'Test senden',
      sent: to => `Der Test an ${to} ist unterwegs.`,
      sentToTesters: count =>
        count === 1
          ? 'Der Test an den Tester ist unterwegs.'
          : `Die Tests an ${count} Tester sind unterwegs.`,
      embargo: (title, until, addresses) =>
        `„${title}“ hat eine Sperrfrist bis ${until}: Bis dahin geht ein Test nur an Redakteure dieses Hauses, nicht an ${addresses}.`,
      faults: 'Einen Artikel darin gibt es nicht mehr. Entfernen Sie ihn zuerst.',
      notAnAddress: 'Das ist keine E-Mail-Adresse.',
      noNewsletter: 'Wählen Sie zuerst einen Newsletter: Ein Test ist, was dessen Leser bekämen.',
    },
    title: 'Diese Ausgabe senden?',
    subject: 'Betreff',
    from: 'Von',
    to: 'An',
    readers: count => (count === 1 ? '1 Leser' : `${sayNumber(count, 'de')} Leser`),
    mailbox: 'Nichts verlässt diesen Rechner: Das Postfach fängt es auf.',
    checks: 'Bevor sie hinausgeht',
    now: count => `Jetzt an ${count === 1 ? '1 Leser' : `${sayNumber(count, 'de')} Leser`} senden`,
    breaking: 'Eilmeldung: geht vor allem anderen hinaus, was gerade versandt wird',
    at: 'Oder zu einer Zeit',
    atOnly: 'Zu einer Zeit',
    clock: 'Nach wessen Uhr',
    clockOf: zone => `Der der Publikation (${zone})`,
    clockOfReaders: 'Der jedes Lesers',
    clockOfReadersHint:
      'Wo die Zeitzone eines Lesers nicht bekannt ist, gilt die der Publikation. Bei wem diese Zeit schon vorbei ist, bekommt sie sofort.',
    summary: (subject, readers, newsletters) => `„${subject}“ geht an ${readers} von ${newsletters}.`,
    holds: seconds => `Nach „Senden“ bleiben ${seconds} Sekunden, um sie anzuhalten.`,
    waiting: seconds => (seconds === 1 ? 'Geht in 1 Sekunde hinaus.' : `Geht in ${seconds} Sekunden hinaus.`),
    stop: 'Anhalten',
    tooLate:
      'Zum Anhalten war es zu spät: Sie geht schon hinaus. Sie lässt sich unterbrechen oder abbrechen.',
    stopped: 'Angehalten. Niemand hat sie bekommen; sie ist wieder ein Entwurf.',
    schedule: 'Planen',
    back: 'Zurück zur Ausgabe',
    timeMissing: 'Wählen Sie Tag und Uhrzeit.',
    timePast: 'Diese Zeit ist vorbei.',
    another: 'Sie ist für eine andere Zeit geplant. Nehmen Sie das zuerst zurück.',
    asks: count =>
      count === 1
        ? 'Eines ist zu prüfen; sie kann so hinausgehen.'
        : `${count} Dinge sind zu prüfen; sie kann so hinausgehen.`,
    news: 'Nichts wurde gesendet: Seit Sie diese Seite gelesen haben, kam etwas hinzu. Sehen Sie es an, dann senden Sie.',
    preview: {
      title: 'Jemandem zeigen',
      hint: 'Ein Link zeigt die Ausgabe, wie sie gesichert ist, jedem, der ihn hat, ohne Anmeldung. Nach sieben Tagen endet er.',
      make: 'Vorschaulink machen',
      link: 'Vorschaulink',
      until: until => `Er gilt bis ${until}. Kopieren Sie ihn jetzt: Er wird nur einmal gezeigt.`,
      embargo: until => `Ein Artikel darin hat eine Sperrfrist: Bis ${until} zeigt der Link nichts.`,
      end: 'Alle ihre Vorschaulinks beenden',
      ended: 'Kein Vorschaulink dieser Ausgabe gilt mehr.',
    },
    scheduledFor: when => `Geht hinaus ${when}`,
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
        'Der Mailserver nimmt unser Passwort oder unseren Schlüssel nicht an. Prüfen Sie SMTP_URL und was dazugehört, dann geht es weiter.',
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
