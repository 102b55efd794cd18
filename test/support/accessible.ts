import axe from 'axe-core'
import type { Page } from 'playwright-core'

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/**
 * What is wrong with the page that is open: for those who don't see it as it is drawn, in light and in dark, and for those
 * whose screen is 320 pixels wide (WCAG 1.4.10). Mails in frames are the mail's own matter.
 */
export async function accessFaults(page: Page): Promise<string[]> {
  // By itself, not by its package for Playwright: that brings the half megabyte into the page again for each question.
  await page.evaluate(axe.source)
  const found = async (scheme: 'light' | 'dark', rules: Pick<axe.RunOptions, 'runOnly'>) => {
    await page.emulateMedia({ colorScheme: scheme })
    const options = { ...rules, resultTypes: ['violations' as const] }
    const { violations } = await page.evaluate(
      asked => (globalThis as unknown as { axe: typeof axe }).axe.run({ exclude: ['iframe'] }, asked),
      options,
    )
    return violations.flatMap(({ id, nodes }) => nodes.map(node => `${scheme}, ${id}: ${node.html}`))
  }
  const faults = [
    ...(await found('light', { runOnly: { type: 'tag', values: tags } })),
    ...(await found('dark', { runOnly: { type: 'rule', values: ['color-contrast'] } })),
  ]
  await page.setViewportSize({ width: 320, height: 640 })
  const width = await page.evaluate<number>('document.documentElement.scrollWidth')
  return width > 320 ? [...faults, `${width} pixels wide on 320`] : faults
}
