import type { Language } from '../domain/languages.ts'

type Story = {
  title: string
  standfirst: string
  url: string
  section: string
  byline: string
  /** A picture of `src/web/assets/sample/`. */
  image: string
  imageAlt: string
  imageCredit: string
  note: string
  language: string | null
  sponsor: string | null
}

type Block =
  | { type: 'heading'; text: string }
  | { type: 'text'; markdown: string }
  | { type: 'article'; article: Story }
  | { type: 'seeAlso'; articles: Story[] }
  | { type: 'partner'; article: Story; sponsor: string }
  | { type: 'button'; text: string; url: string }
  | { type: 'divider' }

type Look = { subject: string; preheader: string; blocks: Block[] }

const story = (name: string, words: Partial<Story> & { title: string }): Story => ({
  standfirst: '',
  url: `https://www.example.com/ledger/${name}?from=mail&in=digest`,
  section: '',
  byline: '',
  image: name,
  imageAlt: '',
  imageCredit: '',
  note: '',
  language: null,
  sponsor: null,
  ...words,
})

/** A digest with a block of every kind, and all that can stand in one: what a look or a template is judged by. */
export const lookSample: Record<Language, Look> = {
  en: {
    subject: 'What a bank learned from moving its ledger twice',
    preheader: 'Also: passkeys at night, and the town with one cable',
    blocks: [
      {
        type: 'text',
        markdown:
          'Good morning, {{ name | reader }}. Three stories about things that *everybody* leans on, and **nobody** looks at. Why we write them is in [our guide](https://www.example.com/ledger/guide).\n\n- a ledger\n- a cable\n\n> Only the second move taught us what it was for.',
      },
      { type: 'heading', text: 'Cloud & security' },
      {
        type: 'article',
        article: story('ledger-moved-twice', {
          title: 'What a bank learned from moving its “ledger” twice',
          standfirst:
            'Halden Savings took its core ledger to the cloud over one Easter weekend, and home again by Whitsun. Preparing the first move took three years, the second eleven days.',
          section: 'Cloud',
          byline: 'Priya Raman',
          imageAlt: 'A thick book between two shelves; an arrow leads there and back.',
          imageCredit: 'Illustration: The Ledger',
        }),
      },
      {
        type: 'seeAlso',
        articles: [
          story('ninety-pilots', { title: 'Ninety trials, and what became of them' }),
          story('cutting-cloud-waste', {
            title: 'Where the cloud bill comes from',
            sponsor: 'Südwind & Sons',
          }),
        ],
      },
      {
        type: 'article',
        article: story('passkeys-night-shift', {
          title: 'Passkeys reach the night shift',
          standfirst: 'On ward 12 nobody types a password after midnight any more.',
          section: 'Security',
          byline: 'Helen Marsh',
          imageAlt: 'A ward at night, lit by a screen.',
          note: 'From the archive: some pictures may be missing.',
        }),
      },
      {
        type: 'article',
        article: story('second-cable', {
          title: 'La ville au bout d’un seul câble',
          standfirst: 'Quand il rompt, tout s’arrête.',
          section: 'Networks',
          imageAlt: 'A cable across a bay.',
          language: 'fr',
        }),
      },
      { type: 'heading', text: 'From our partners' },
      {
        type: 'partner',
        sponsor: 'Northwind Ltd',
        article: story('cutting-cloud-waste', {
          title: 'White paper: cutting cloud waste by a third',
          url: 'https://www.example.com/northwind/paper',
          standfirst: 'Forty pages on what runs at night for nobody.',
          imageAlt: 'A cloud with a price tag.',
          note: 'Registration is needed.',
        }),
      },
      { type: 'divider' },
      { type: 'text', markdown: 'Until tomorrow, {{ name | dear reader }}. Answer this mail: we read it.' },
      { type: 'button', text: 'Read more at our site', url: 'https://www.example.com/ledger/?a=1&b=2' },
    ],
  },
  de: {
    subject: 'Was eine Bank lernte, als sie ihr Hauptbuch zweimal umzog',
    preheader: 'Außerdem: Passkeys in der Nachtschicht, und die Stadt mit einem Kabel',
    blocks: [
      {
        type: 'text',
        markdown:
          'Guten Morgen, {{ name | liebe Leserin, lieber Leser }}. Drei Geschichten über Dinge, auf die sich *alle* verlassen und die **niemand** ansieht. Warum wir sie schreiben, steht in [unseren Regeln](https://www.example.com/ledger/regeln).\n\n- ein Hauptbuch\n- ein Kabel\n\n> Erst der zweite Umzug hat uns gezeigt, wozu es da ist.',
      },
      { type: 'heading', text: 'Cloud & Sicherheit' },
      {
        type: 'article',
        article: story('ledger-moved-twice', {
          title: 'Was eine Bank lernte, als sie ihr „Hauptbuch“ zweimal umzog',
          standfirst:
            'Die Sparkasse Halden brachte ihr Kernsystem über Ostern in die Cloud und bis Pfingsten zurück. Den ersten Umzug bereitete sie drei Jahre vor, den zweiten elf Tage.',
          section: 'Cloud',
          byline: 'Priya Raman',
          imageAlt: 'Ein dickes Buch zwischen zwei Regalen; ein Pfeil führt hin und zurück.',
          imageCredit: 'Illustration: The Ledger',
        }),
      },
      {
        type: 'seeAlso',
        articles: [
          story('ninety-pilots', { title: 'Neunzig Versuche, und was aus ihnen wurde' }),
          story('cutting-cloud-waste', {
            title: 'Woher die Cloud-Rechnung kommt',
            sponsor: 'Südwind & Söhne',
          }),
        ],
      },
      {
        type: 'article',
        article: story('passkeys-night-shift', {
          title: 'Passkeys in der Nachtschicht',
          standfirst: 'Auf Station 12 tippt nach Mitternacht niemand mehr ein Passwort.',
          section: 'Sicherheit',
          byline: 'Helen Marsh',
          imageAlt: 'Eine Station bei Nacht, nur ein Bildschirm leuchtet.',
          note: 'Aus dem Archiv: Bilder können fehlen.',
        }),
      },
      {
        type: 'article',
        article: story('second-cable', {
          title: 'La ville au bout d’un seul câble',
          standfirst: 'Quand il rompt, tout s’arrête.',
          section: 'Netze',
          imageAlt: 'Ein Kabel über eine Bucht.',
          language: 'fr',
        }),
      },
      { type: 'heading', text: 'Von unseren Partnern' },
      {
        type: 'partner',
        sponsor: 'Nordwind GmbH',
        article: story('cutting-cloud-waste', {
          title: 'Whitepaper: ein Drittel weniger Cloud-Kosten',
          url: 'https://www.example.com/nordwind/paper',
          standfirst: 'Vierzig Seiten darüber, was nachts für niemanden läuft.',
          imageAlt: 'Eine Wolke mit einem Preisschild.',
          note: 'Mit Anmeldung.',
        }),
      },
      { type: 'divider' },
      {
        type: 'text',
        markdown:
          'Bis morgen, {{ name | und danke fürs Lesen }}. Antworten Sie auf diese Mail: Wir lesen es.',
      },
      { type: 'button', text: 'Mehr auf unserer Seite', url: 'https://www.example.com/ledger/?a=1&b=2' },
    ],
  },
}
