/** A story of the sample, with its days counted back from the day on which the sample is set up. */
export type SampleArticle = {
  title: string
  standfirst: string
  url: string
  section: string
  byline: string
  publishedDaysAgo: number
  /** The picture's name, without folder and ending: `src/web/assets/sample/<image>.png`, 1200 × 675. */
  image: string
  imageAlt: string
  imageCredit: string
  kind: 'editorial' | 'partner'
  /** Who pays for it; only with `partner`. */
  sponsor: string | null
  /** A line under the story. */
  note: string
}

const editorial = {
  kind: 'editorial',
  sponsor: null,
  note: '',
  imageCredit: 'Illustration: The Ledger',
} as const

export const sampleArticles = {
  ibm: {
    ...editorial,
    title: 'IBM leaves facial recognition, and asks Congress to talk',
    standfirst:
      'Chief executive Arvind Krishna has told the US Congress that IBM is dropping facial recognition and analysis software. The company “firmly opposes” its use for mass surveillance and racial profiling, whoever the vendor, and wants a national dialogue on whether police should use it at all, and how.',
    url: 'https://www.example.com/ledger/ibm-leaves-facial-recognition',
    section: 'Leadership / Digital Transformation',
    byline: 'Staff Writer',
    publishedDaysAgo: 0,
    image: 'ibm-facial-recognition',
    imageAlt: 'A face printed in dots, framed by the brackets of a camera; its right half is blowing away.',
  },
  finishedEarly: {
    ...editorial,
    title: 'The project that finished early by doing less',
    standfirst:
      'Orrin Freight cut its new planning system from 214 requirements to 61 before anything was built, and went live five months ahead of plan. Of the 153 that were dropped, four have been missed.',
    url: 'https://www.example.com/ledger/finished-early-by-doing-less',
    section: 'Leadership / Digital Transformation',
    byline: 'Helen Marsh',
    publishedDaysAgo: 1,
    image: 'finished-early',
    imageAlt: 'Bars of a project plan end at a red flag; what stood behind it falls away.',
  },
  movedTwice: {
    ...editorial,
    title: 'What a bank learned from moving its ledger twice',
    standfirst:
      'Halden Savings took its core ledger to the cloud over one Easter weekend, and home again by Whitsun. Preparing the first move took three years, the second eleven days. Only the second, says its operations chief, taught the bank what the ledger was for.',
    url: 'https://www.example.com/ledger/moving-a-ledger-twice',
    section: 'Cloud',
    byline: 'Priya Raman',
    publishedDaysAgo: 1,
    image: 'ledger-moved-twice',
    imageAlt: 'Pages fly from an open ledger up to a cloud, and from the cloud back to the ledger.',
  },
  nightShift: {
    ...editorial,
    title: 'Passkeys reach the night shift',
    standfirst:
      'A hospital trust gave 3,100 nurses and porters a way to sign in without passwords. Calls to its help desk between midnight and six fell by two thirds. The people were the easy part; the shared computers on trolleys were not.',
    url: 'https://www.example.com/ledger/passkeys-night-shift',
    section: 'Security',
    byline: 'Tom Adeyemi',
    publishedDaysAgo: 2,
    image: 'passkeys-night-shift',
    imageAlt: 'A key whose bow is a crescent moon hangs over a works with a few lit windows.',
  },
  thirtyDashboards: {
    ...editorial,
    title: 'The quiet cost of thirty dashboards',
    standfirst:
      'Every team at Marlow Foods had built its own view of the business. Then finance counted the meetings spent on whose number was right, and closed twenty-six of them.',
    url: 'https://www.example.com/ledger/thirty-dashboards',
    section: 'Data',
    byline: 'Clara Voss',
    publishedDaysAgo: 6,
    image: 'thirty-dashboards',
    imageAlt: 'A magnifying glass over a wall of thirty small charts; only one of them is in colour.',
  },
  ninetyPilots: {
    ...editorial,
    title: 'Ninety pilots, four products',
    standfirst:
      'An insurer went back over three years of trials with machine learning and wrote down how each had ended. Few failed on the model. Most had no owner, no budget and no day on which to stop.',
    url: 'https://www.example.com/ledger/ninety-pilots-four-products',
    section: 'Artificial intelligence',
    byline: 'Clara Voss',
    publishedDaysAgo: 5,
    image: 'ninety-pilots',
    imageAlt: 'Ninety paper planes lie in rows; four red ones have taken off.',
  },
  answersThePhone: {
    ...editorial,
    title: 'The chief information officer who answers the phone',
    standfirst:
      'For an hour every Tuesday Ruth Osei of Calder Utilities takes calls to the help desk herself, unannounced. Two years of her notes have changed the budget more often than any consultant.',
    url: 'https://www.example.com/ledger/answers-the-phone',
    section: 'Leadership / Digital Transformation',
    byline: 'Helen Marsh',
    publishedDaysAgo: 7,
    image: 'answers-the-phone',
    imageAlt: 'A black telephone handset with a red spiral cord, ringing.',
  },
  secondCable: {
    ...editorial,
    title: 'A harbour town waits for its second cable',
    standfirst:
      'One line on the sea floor carries all that 40,000 people and two data centres say to the mainland. In March a trawler showed what that means. The second is surveyed, paid for, and held up by a permit.',
    url: 'https://www.example.com/ledger/second-cable',
    section: 'Networks',
    byline: 'Iain Calder',
    publishedDaysAgo: 3,
    image: 'second-cable',
    imageAlt:
      'A red cable runs along the sea floor from a lighthouse towards a quay; its last stretch is dotted.',
  },
  libraryBreaks: {
    ...editorial,
    title: 'Who pays when the free library breaks',
    standfirst:
      'A programmer in Leipzig stopped answering mail in May, and nine suppliers of one retailer found that their software rested on hers. Buyers have begun to ask in contracts who keeps up what nobody sells.',
    url: 'https://www.example.com/ledger/free-library-breaks',
    section: 'Software',
    byline: 'Tom Adeyemi',
    publishedDaysAgo: 4,
    image: 'library-breaks',
    imageAlt: 'Shelves of grey books; where a red one has fallen out, its neighbours lean into the gap.',
  },
  fearOnFaces: {
    ...editorial,
    title: 'Amazon says its software can tell fear on a face',
    standfirst:
      'Fear has joined the seven emotions that Amazon’s Rekognition claims to read, from happy to confused. Psychologists who reviewed more than a thousand studies answer that faces do not give feelings away so neatly.',
    url: 'https://www.example.com/ledger/fear-on-faces',
    section: 'Artificial intelligence',
    byline: 'Staff Writer',
    publishedDaysAgo: 40,
    image: 'fear-on-faces',
    imageAlt: 'Eight drawings of the same head, each with another expression; the frightened one is red.',
  },
  payrollByHand: {
    ...editorial,
    title: 'The week the payroll was done by hand',
    standfirst:
      'When a burst main flooded a county council’s machine room, eleven clerks, a church hall and forty thousand punched cards got everybody paid by Friday. What the council wrote down afterwards still reads like a good recovery plan.',
    url: 'https://www.example.com/ledger/archive/payroll-by-hand',
    section: 'From the archive',
    byline: 'Staff Writer',
    publishedDaysAgo: 4380,
    image: 'payroll-by-hand',
    imageAlt: 'A stack of punched cards with a red rule across the top one.',
    note: 'This story comes from our archive: some formatting and pictures may be missing.',
  },
  cloudWaste: {
    title: 'White paper: cutting cloud waste before the invoice does',
    standfirst:
      'In Northwind’s count of 140 customers, close to a third of what they rent in the cloud does nothing. This paper shows where to look first, what to switch off in which order, and how to keep it off.',
    url: 'https://www.example.com/partners/northwind/cutting-cloud-waste',
    section: 'White paper',
    byline: 'Northwind Ltd',
    publishedDaysAgo: 8,
    image: 'cutting-cloud-waste',
    imageAlt: 'A cloud grows in a flowerpot like a clipped tree; scissors take off its right side.',
    imageCredit: 'Illustration: The Ledger for Northwind Ltd',
    kind: 'partner',
    sponsor: 'Northwind Ltd',
    note: '',
  },
} as const satisfies Record<string, SampleArticle>

export type SampleArticleKey = keyof typeof sampleArticles
