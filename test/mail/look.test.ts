import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import type { Letterhead } from '../../src/mail/letter.ts'
import { confirmationMail } from '../../src/mail/reader-mails.ts'
import { fillPieces } from '../../src/mail/render/slots.ts'
import { htmlUnderNote } from '../../src/mail/render/under-note.ts'
import { openBrowser } from '../support/browser.ts'
import { ana, compiled, templates } from './a-digest.ts'
import { everyBlock } from './every-block.ts'
import { forceDark } from './forced-dark.ts'

const browser = await openBrowser()
// Among them too pale, too dark, and of a hue that is dark at any lightness.
const accents = ['#8a1c1c', '#ffd400', '#0a7cff', '#0000ff', '#ffffff', '#101010']

const digest = async (accent: string) => {
  const { html } = await compiled(everyBlock({ accent }))
  return fillPieces(html, ana, 'html')
}

const letterhead: Letterhead = {
  publication: 'The Ledger',
  logoUrl: null,
  look: { accent: '#8a1c1c', headlineFont: 'georgia', textFont: 'georgia' },
  postalAddress: '12 Printing House Yard\nLondon EC4A 1AB',
  publicUrl: 'https://ledger.example',
  language: 'de',
}
const confirmation = async (accent: string) => {
  const { html } = await confirmationMail(
    templates,
    { ...letterhead, look: { ...letterhead.look, accent } },
    {
      newsletters: [{ name: 'Morning Brief', cadence: 'weekdays', schedule: '', carriesAdvertising: true }],
      confirmUrl: 'https://ledger.example/confirm/1.c.123.abcdefghijklmnopqrstuv',
      objectionUrl: 'https://ledger.example/not-me/1.o.123.abcdefghijklmnopqrstuv',
      privacyUrl: 'https://ledger.example/privacy',
      validHours: 72,
    },
  )
  return html
}

const toCheck = async (accent: string) =>
  htmlUnderNote(
    await digest(accent),
    {
      title: 'Zur Prüfung, geht um 06:30 hinaus: Gesichtserkennung',
      paragraphs: ['Der Plan „Morgen“ hat diese Ausgabe gemacht.', 'Die Ausgabe vom Sonntag entfiel.'],
      button: { text: 'Ansehen oder stoppen', url: 'https://ledger.example/admin/plans/1/runs/2026-06-22' },
      after: ['Ist sie, wie sie sein soll, haben Sie nichts zu tun.'],
    },
    'de',
    { ...letterhead.look, accent },
  )

/** A mail in a window of that width; its pictures do not arrive. */
async function open(html: string, width: number, colorScheme: 'light' | 'dark' = 'light'): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme })
  await page.route('**/*', route => route.abort())
  await page.setContent(html)
  return page
}

/** The least contrast of any text that is seen, with the words. */
const faintest = (page: Page) =>
  page.evaluate(() => {
    const channels = (colour: string) => colour.match(/[\d.]+/g)!.map(Number)
    const luminance = (colour: string) => {
      const [r, g, b] = channels(colour).map(value => {
        const part = value / 255
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
      })
      return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
    }
    const groundOf = (element: Element): string => {
      const { backgroundColor } = getComputedStyle(element)
      if (channels(backgroundColor)[3] !== 0) return backgroundColor
      return element.parentElement ? groundOf(element.parentElement) : 'rgb(255, 255, 255)'
    }
    const found: { contrast: number; words: string; size: number; top: number }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement!
      if (!node.textContent!.trim() || !element.checkVisibility() || element.tagName === 'STYLE') continue
      const [light, dark] = [luminance(getComputedStyle(element).color), luminance(groundOf(element))].sort(
        (a, b) => b - a,
      )
      const size = Number.parseFloat(getComputedStyle(element).fontSize)
      const { top } = element.getBoundingClientRect()
      found.push({ contrast: (light! + 0.05) / (dark! + 0.05), words: node.textContent!.trim(), size, top })
    }
    const footer = [...document.querySelectorAll('.line, .rule')].at(-1)!.getBoundingClientRect().top
    return {
      texts: found.length,
      ...found.reduce((least, one) => (one.contrast < least.contrast ? one : least)),
      /** In the small print at the end, and above it. */
      smallest: Math.min(...found.map(one => one.size)),
      smallestAbove: Math.min(...found.filter(one => one.top < footer).map(one => one.size)),
    }
  })

describe.each([
  ['digest', digest],
  ['confirmation', confirmation],
  ['edition to check', toCheck],
] as const)('the %s', (_, render) => {
  test.each(accents)(
    'can be read in light, in dark, and turned dark by force, with the accent %s',
    async accent => {
      const html = await render(accent)
      const page = await open(html, 600)
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const expectReadable = async (how: string) => {
        const { texts, contrast, words, smallest, smallestAbove } = await faintest(page)
        expect(texts).toBeGreaterThan(8)
        expect(contrast, `${words} ${how}`).toBeGreaterThanOrEqual(4.5)
        expect(smallest).toBeGreaterThanOrEqual(13)
        expect(smallestAbove).toBeGreaterThanOrEqual(14)
      }
      await expectReadable('in light')
      expect(await ground()).toBe('rgb(255, 253, 248)')
      await page.emulateMedia({ colorScheme: 'dark' })
      await expectReadable('in dark')
      expect(await ground()).toBe('rgb(20, 19, 15)')
      await page.emulateMedia({ colorScheme: 'light' })
      for (const kind of ['android', 'outlook'] as const) {
        await page.setContent(html)
        await forceDark(page, kind)
        await expectReadable(`forced dark as by ${kind}`)
        const [red] = (await ground()).match(/\d+/g)!.map(Number)
        expect(red).toBeLessThan(40)
      }
      await page.close()
    },
  )

  test('holds together where a program throws out its style sheets', async () => {
    const bare = (await render('#ffd400')).replace(/<style[\s\S]*?<\/style>/g, '')
    expect(bare).not.toContain('@media')
    const page = await open(bare, 320)
    for (const width of [320, 600]) {
      await page.setViewportSize({ width, height: 800 })
      const { contrast, words, smallest, smallestAbove } = await faintest(page)
      expect(contrast, words).toBeGreaterThanOrEqual(4.5)
      expect(smallest).toBeGreaterThanOrEqual(13)
      expect(smallestAbove).toBeGreaterThanOrEqual(14)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await page.close()
  })

  test('fits windows from 320 to 1,280 pixels, and is 600 wide at most', async () => {
    const html = await render('#8a1c1c')
    for (const width of [320, 375, 480, 600, 1280]) {
      const page = await open(html, width)
      const [scroll, widest] = await page.evaluate(() => [
        document.documentElement.scrollWidth,
        Math.max(
          ...[...document.querySelectorAll('h1, h2, h3, p')].map(one => one.getBoundingClientRect().width),
        ),
      ])
      expect(scroll).toBeLessThanOrEqual(width)
      expect(widest).toBeLessThanOrEqual(Math.min(width, 600))
      await page.close()
    }
  })

  test('its first button is large enough for a thumb', async () => {
    const page = await open(await render('#8a1c1c'), 375)
    const button = await page.locator('.button td a, .desk-button a').first().boundingBox()
    expect(button!.height).toBeGreaterThanOrEqual(44)
    await page.close()
  })
})
