import { caniemail } from 'caniemail'
import PostalMime from 'postal-mime'
import { expect, test } from 'vitest'
import { prepareMessage } from '../../src/mail/message.ts'
import { fillPieces } from '../../src/mail/render/slots.ts'
import { aMessage, ana, compiled, joined } from './a-digest.ts'
import { everyBlock } from './every-block.ts'

/** What one of these programs does not know of our digest, and why it may be there all the same. */
const unsupported: Record<string, string> = {
  '<style> element':
    'Gmail on the mobile web for foreign accounts: colours, sizes and widths stand on the elements too; see the looks without any style.',
  '@media':
    'Dark colours, and less padding on telephones: without it there is the light look, with its padding.',
  'Attribute selector': 'For Outlook’s own dark mode alone, in a style of its own.',
  'Chaining selectors': 'MJML’s columns for Thunderbird. Ours are one column wide anyway.',
  'Child combinator':
    'Less padding on telephones, dark paper, the last paragraph’s margin: all may be missing.',
  'Class selector': 'As for <style>.',
  'Descendant combinator': 'As for <style>.',
  'ID selector': 'MJML’s #outlook, for Outlook.com of old.',
  'Type selector': 'As for <style>.',
  ':last-child': 'A text block’s last margin stays: 12 px more of white.',
  'color-scheme CSS property':
    'It tells Apple Mail that we have dark colours; where it is unknown the program decides.',
  'color-scheme meta tag': 'As the property.',
  'border-radius': 'Buttons have 2 px of it; square ones are as good.',
  cursor: 'MJML’s, on buttons.',
  'display:none': 'The preheader, which is hidden in four more ways.',
  float: 'Outlook on Windows takes the picture’s align and hspace instead.',
  'max-height property': 'The preheader again.',
  opacity: 'The preheader again.',
  outline: 'MJML resets it on pictures.',
  overflow: 'The preheader again.',
  'target attribute': 'MJML’s, on links; webmail opens them in a new window anyway.',
  'text-decoration-color': 'Titles are underlined in grey; else in ink.',
  'text-decoration-thickness': 'As the colour.',
  'text-underline-offset': 'As the colour.',
  'word-spacing': 'MJML’s normal, on buttons.',
}

const digest = async () => {
  const { html } = await compiled(everyBlock({ logoUrl: 'https://ledger.example/logo.png' }))
  return fillPieces(html, ana, 'html')
}

test('what Gmail, Outlook and Apple Mail do not support is known, and why it does no harm', async () => {
  const { issues } = caniemail({
    clients: ['gmail.*', 'outlook.windows', 'outlook.outlook-com', 'apple-mail.*'],
    html: await digest(),
  })
  const found = new Map<string, string[]>()
  for (const [client, list] of issues.errors)
    for (const { title } of list) found.set(title, [...(found.get(title) ?? []), client])
  const unexplained = [...found].filter(([title]) => !(title in unsupported))
  expect(unexplained).toEqual([])
  expect(Object.keys(unsupported).filter(title => !found.has(title))).toEqual([])
})

test('what Outlook alone reads comes through minifying and quoted-printable whole', async () => {
  const html = await digest()
  const conditions = (document: string) =>
    document.match(/<!--\[if [^\]]+\]>(?:<!-->)?|<!(?:--<!)?\[endif\](?:--)?>/g) ?? []
  const opened = conditions(html).filter(one => one.includes('[if'))
  expect(opened.filter(one => one.includes('mso')).length).toBeGreaterThan(20)
  expect(conditions(html).length).toBe(opened.length * 2)
  // Each opens after the one before was closed.
  expect(conditions(html).every((one, index) => one.includes('[if') === (index % 2 === 0))).toBe(true)
  // The tables that hold Outlook's columns are balanced over all of its comments.
  const forOutlook = html.match(/<!--\[if mso[^\]]*\]>[\s\S]*?<!\[endif\]-->/g)!.join('')
  const count = (part: RegExp) => forOutlook.match(part)?.length ?? 0
  for (const tag of ['table', 'tr', 'td'])
    expect([tag, count(new RegExp(`</${tag}>`, 'g'))]).toEqual([tag, count(new RegExp(`<${tag}[ >]`, 'g'))])
  expect(forOutlook).toContain('<o:PixelsPerInch>96</o:PixelsPerInch>')
  const source = joined(
    await prepareMessage(await aMessage(everyBlock({ logoUrl: 'https://ledger.example/logo.png' }))).for(ana),
  )
  const mail = await PostalMime.parse(source)
  expect(conditions(mail.html!)).toEqual(conditions(html))
  expect(mail.html!.trimEnd()).toBe(html.trimEnd())
})
