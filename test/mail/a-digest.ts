import { readFileSync } from 'node:fs'
import type { PersonalValues } from '../../src/domain/rendering.ts'
import { compileMessage } from '../../src/mail/message.ts'
import { digestHtml } from '../../src/mail/render/digest-html.ts'
import type { DigestContent, Story } from '../../src/mail/render/digest-model.ts'
import { digestText } from '../../src/mail/render/digest-text.ts'
import { cutAtMarkers, makeMarkers } from '../../src/mail/render/slots.ts'
import { type Templates, templateNames } from '../../src/mail/templates.ts'

export const templates = Object.fromEntries(
  templateNames.map(name => [
    name,
    readFileSync(new URL(`../../emails/${name}.mjml`, import.meta.url), 'utf8'),
  ]),
) as Templates

export const aStory = (story: Partial<Story> = {}): Story => ({
  title: 'IBM leaves facial recognition',
  standfirst: 'The company ends general-purpose software of the kind and asks for a national dialogue.',
  url: 'https://ledger.example/ibm-facial-recognition',
  section: 'Leadership',
  byline: 'By Ana Lindqvist',
  note: '',
  imageUrl: null,
  imageAlt: '',
  imageCredit: '',
  language: null,
  ...story,
})

export const aDigest = (content: Partial<DigestContent> = {}): DigestContent => ({
  publication: {
    name: 'The Ledger',
    logoUrl: null,
    accent: '#8a1c1c',
    headlineFont: 'georgia',
    textFont: 'georgia',
    footer: '',
    postalAddress: 'The Ledger Ltd\n12 Printing House Yard\nLondon EC4A 1AB',
    url: 'https://ledger.example',
  },
  newsletter: { name: 'Morning Brief', language: 'en', timeZone: 'Europe/London' },
  subject: 'IBM leaves facial recognition, asks to talk',
  preheader: '',
  date: new Date('2026-06-23T05:30:00Z'),
  archiveUrl: 'https://ledger.example/archive/morning-brief/12',
  signUpUrl: 'https://ledger.example/subscribe?newsletter=morning-brief',
  blocks: [
    { type: 'text', markdown: 'Good to have you. See [our guide](https://ledger.example/guide?a=1&b=2).' },
    { type: 'heading', text: 'Leadership / Digital Transformation' },
    {
      type: 'article',
      article: aStory({
        imageUrl: 'https://ledger.example/ibm.jpg',
        imageAlt: 'A camera over an empty street',
        imageCredit: 'Picture: Jo Hart',
      }),
    },
    {
      type: 'seeAlso',
      articles: [aStory({ title: 'The letter, in full', url: 'https://ledger.example/letter' })],
    },
    {
      type: 'article',
      article: aStory({
        title: 'Passkeys reach the night shift',
        url: 'https://ledger.example/passkeys',
        section: 'Security',
        imageUrl: 'https://ledger.example/passkeys.jpg',
        imageAlt: 'A ward at night',
      }),
    },
    { type: 'heading', text: 'White papers from our partners' },
    {
      type: 'partner',
      sponsor: 'Northwind Ltd',
      article: aStory({ title: 'White paper: cutting cloud waste', url: 'https://northwind.example/paper' }),
    },
    { type: 'divider' },
    { type: 'button', text: 'Read all stories', url: 'https://ledger.example/' },
  ],
  ...content,
})

/** A digest compiled as far as its slots. */
export async function compiled(content: DigestContent) {
  const markers = makeMarkers()
  return {
    html: cutAtMarkers(await digestHtml(templates, content, markers), markers),
    text: cutAtMarkers(digestText(content, markers), markers),
  }
}

export const ana: PersonalValues = {
  address: 'ana@example.com',
  name: 'Ana',
  unsubscribeUrl: 'https://ledger.example/unsubscribe/1.u.123.1-2.7.abcdefghijklmnopqrstuv',
  preferencesUrl: 'https://ledger.example/preferences/1.m.123.7.abcdefghijklmnopqrstuv',
  messageId: '<7.123.0a1b2c@ledger.example>',
  delivery: '7.123',
  date: new Date('2026-06-23T05:30:00Z'),
}

export const aMessage = async (
  content: DigestContent = aDigest(),
  sender: Partial<Parameters<typeof compileMessage>[0]> = {},
) =>
  compileMessage({
    subject: content.subject,
    fromName: 'The Ledger',
    fromAddress: 'brief@ledger.example',
    replyTo: 'desk@ledger.example',
    listId: 'morning-brief.ledger.example',
    listName: 'Morning Brief',
    feedbackId: '7:morning-brief:digest:ledger.example',
    ...(await compiled(content)),
    ...sender,
  })

export const joined = (chunks: (Buffer | string)[]): Buffer =>
  Buffer.concat(chunks.map(chunk => (typeof chunk === 'string' ? Buffer.from(chunk, 'latin1') : chunk)))
