import type { SampleArticleKey } from './articles.ts'

/** A digest's block, naming stories by their keys instead of their ids. */
export type SampleBlock =
  | { type: 'heading'; text: string }
  | { type: 'text'; markdown: string }
  | { type: 'article'; article: SampleArticleKey }
  | { type: 'partner'; article: SampleArticleKey; sponsor: string }
  | { type: 'seeAlso'; articles: SampleArticleKey[] }
  | { type: 'button'; text: string; url: string }
  | { type: 'divider' }

export type SampleDigest = {
  subject: string
  preheader: string
  /** Slugs, in the digest's order. */
  newsletters: string[]
  blocks: SampleBlock[]
}

/** An edition of the past: sent at least `daysAgo` days before the sample is set up, on a day of its newsletter's. */
export type SampleEdition = SampleDigest & { daysAgo: number }

export const sampleDraft: SampleDigest = {
  subject: 'IBM leaves facial recognition, and asks Congress to talk',
  preheader: 'Also: a bank that moved its ledger twice, passkeys at night, and a project that did less',
  newsletters: ['morning-brief'],
  blocks: [
    {
      type: 'text',
      markdown:
        'Good morning. A large vendor walks away from a technology that it helped to build, and three who stopped doing something tell what that was worth.',
    },
    { type: 'heading', text: 'Leadership / Digital Transformation' },
    { type: 'article', article: 'ibm' },
    {
      type: 'text',
      markdown:
        '**Behind the letter.** IBM published it late on Monday 8 June 2020; Mr Krishna had taken over in April. Others had warned before: Microsoft’s president, Brad Smith, urged governments late in 2018 to begin to regulate. In January 2019 IBM itself had published *Diversity in Faces*, a million faces to train such software on, meant to fight its bias. Whether conscience or the accounts had decided was not clear at once.\n\nWith the letter came proposals for racial equality. Among them: Congress should bring more cases of police misconduct before federal courts, and change the doctrine of qualified immunity, which keeps people from seeking damages when police violate their constitutional rights.',
    },
    { type: 'seeAlso', articles: ['fearOnFaces'] },
    { type: 'article', article: 'finishedEarly' },
    { type: 'heading', text: 'Cloud and security' },
    { type: 'article', article: 'movedTwice' },
    { type: 'article', article: 'nightShift' },
    { type: 'heading', text: 'White papers from our partners' },
    { type: 'partner', article: 'cloudWaste', sponsor: 'Northwind Ltd' },
    { type: 'heading', text: 'From the archive' },
    { type: 'article', article: 'payrollByHand' },
    { type: 'divider' },
    { type: 'button', text: 'Read more at The Ledger', url: 'https://www.example.com/ledger' },
  ],
}

export const sampleEditions: SampleEdition[] = [
  {
    daysAgo: 1,
    subject: 'What a bank learned from moving its ledger twice',
    preheader: 'Also: the town with one cable, and who keeps up the software that nobody sells',
    newsletters: ['morning-brief'],
    blocks: [
      {
        type: 'text',
        markdown:
          'Good morning. Three stories today about things that everybody leans on and nobody looks at: a ledger, a cable, and a library.',
      },
      { type: 'heading', text: 'Cloud' },
      { type: 'article', article: 'movedTwice' },
      { type: 'heading', text: 'Networks and software' },
      { type: 'article', article: 'secondCable' },
      { type: 'article', article: 'libraryBreaks' },
      { type: 'seeAlso', articles: ['nightShift', 'ninetyPilots'] },
      { type: 'button', text: 'Read more at The Ledger', url: 'https://www.example.com/ledger' },
    ],
  },
  {
    daysAgo: 4,
    subject: 'The quiet cost of thirty dashboards',
    preheader: 'Also: ninety trials and what became of them, and a chief who takes calls',
    newsletters: ['leadership'],
    blocks: [
      {
        type: 'text',
        markdown:
          'This week: three people who signed for something, counted what came of it, and did not look away.',
      },
      { type: 'heading', text: 'Leadership / Digital Transformation' },
      { type: 'article', article: 'thirtyDashboards' },
      { type: 'article', article: 'answersThePhone' },
      { type: 'heading', text: 'Artificial intelligence' },
      { type: 'article', article: 'ninetyPilots' },
      { type: 'button', text: 'All on leadership', url: 'https://www.example.com/ledger/leadership' },
    ],
  },
]
