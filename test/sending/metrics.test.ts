import { expect, test } from 'vitest'
import { openTestApp } from '../support/app.ts'

test('metrics count the domains that are left alone, by reason, and forget a pause that is over', async () => {
  const here = await openTestApp()
  await here.raw`insert into mail_domains (domain, paused_until, pause_reason)
    values ('busy.example', now() + interval '1 hour', 'slow-down'), ('was.example', now() - interval '1 hour', 'policy')`
  const text = await (await here.app.request('/metrics')).text()
  expect(text).toContain('broadsheet_domains_paused{reason="slow-down"} 1\n')
  expect(text).not.toContain('reason="policy"')
})
