import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What is wrong with the page that is open: for those who don't see it as it is drawn, in light and in dark, and for those
 * whose screen is 320 pixels wide (WCAG 1.4.10). Mails in frames are the mail's own matter.
 */
export async function accessFaults(page: Page): Promise<string[]> {
  // In one page: a second one for the sum of the frames takes a quarter of a second.
  const axe = () => new AxeBuilder({ page }).exclude('iframe').setLegacyMode()
  const found = async (scheme: 'light' | 'dark', asked: AxeBuilder) => {
    await page.emulateMedia({ colorScheme: scheme })
    return (await asked.analyze()).violations.flatMap(({ id, nodes }) =>
      nodes.map(node => `${scheme}, ${id}: ${node.html}`),
    )
  }
  const faults = [
    ...(await found('light', axe().withTags(tags))),
    ...(await found('dark', axe().withRules(['color-contrast']))),
  ]
  await page.setViewportSize({ width: 320, height: 640 })
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  return width > 320 ? [...faults, `${width} pixels wide on 320`] : faults
}
