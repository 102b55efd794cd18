import { readdirSync, readFileSync } from 'node:fs'
import mjml from 'mjml'
import { expect, test } from 'vitest'
import bundled from '../../src/mail/render/mjml-bundled.ts'

const folder = new URL('../../emails/', import.meta.url)
const templates = readdirSync(folder).filter(name => name.endsWith('.mjml'))

/** Every element of our templates with its attributes; what Liquid would fill in stays as it is written. */
const withoutLiquid = (source: string) =>
  source.replace(/\{%.*?%\}/gs, '').replace(/\{\{.*?\}\}/gs, '#123456')

test.each(templates)('%s compiles to the same octets in a bundle as from the package', async name => {
  const head = withoutLiquid(readFileSync(new URL('head.mjml', folder), 'utf8'))
  const source = withoutLiquid(readFileSync(new URL(name, folder), 'utf8'))
  const whole =
    name === 'head.mjml'
      ? `<mjml>${source}<mj-body></mj-body></mjml>`
      : source.replace('<mj-body', `${head}<mj-body`)
  const options = { validationLevel: 'soft', keepComments: true, fonts: {} } as const
  const { html } = await mjml(whole, options)
  expect(html.length).toBeGreaterThan(1000)
  expect((await bundled(whole, options)).html).toBe(html)
})
