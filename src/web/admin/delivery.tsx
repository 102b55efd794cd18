import { type Context, Hono } from 'hono'
import { accidents } from '../../actions/check-dispatch.ts'
import { homeOf, makeHome } from '../../actions/home.ts'
import { dkimRecord } from '../../domain/dkim-record.ts'
import { domainLimitInput, sendRulesInput } from '../../domain/send-rules.ts'
import { smtpOptions } from '../../mail/smtp-options.ts'
import { forgetDomain, limitDomain, listMailDomains, unpauseDomain } from '../../store/mail-domains.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { updatePublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { readForm } from '../read-form.ts'
import { DeliveryPage, type MailRoute } from './delivery-page.tsx'
import { editorOf, workspaceFrame } from './frame.ts'
import type { FailedForm } from './send-rules-sections.tsx'

const path = '/admin/settings/delivery'

/** How mail goes out: as the environment says, what would keep a digest from going, and the rules that owners set. */
export const delivery = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', c => deliveryPage(c))
  .post('/rules', async c => {
    const fields = await formFields(c)
    const reading = readForm(sendRulesInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return deliveryPage(c, { form: 'rules', fields, errors: reading.errors })
    await updatePublication(c.var.services.db, reading.data)
    return c.redirect(`${path}?done=saved`, 303)
  })
  .post('/domains', async c => {
    const fields = await formFields(c)
    const reading = readForm(domainLimitInput, fields, editorOf(c).language)
    if (reading.kind === 'refused') return deliveryPage(c, { form: 'domain', fields, errors: reading.errors })
    const { domain, ...limit } = reading.data
    await limitDomain(c.var.services.db, domain, limit)
    return c.redirect(`${path}?done=saved`, 303)
  })
  .post('/domains/:domain/remove', async c => {
    await forgetDomain(c.var.services.db, c.req.param('domain'))
    return c.redirect(`${path}?done=saved`, 303)
  })
  .post('/domains/:domain/unpause', async c => {
    await unpauseDomain(c.var.services.db, c.req.param('domain'))
    c.var.services.wake()
    return c.redirect(`${path}?done=saved`, 303)
  })
  .post('/claim', async c => {
    const made = await makeHome(c.var.services)
    return c.redirect(`${path}${made === 'made' ? '?done=claimed' : ''}`, 303)
  })

async function deliveryPage(c: Context<AppEnv>, failed?: FailedForm) {
  const { services } = c.var
  const { config, db } = services
  const [frame, home, newsletters, domains] = await Promise.all([
    workspaceFrame(c),
    homeOf(services),
    listNewsletters(db),
    listMailDomains(db),
  ])
  return c.html(
    <DeliveryPage
      {...frame}
      route={mailRoute(c)}
      publicUrl={config.publicUrl}
      home={home}
      bounceAddress={config.bounceAddress}
      sendRate={config.sendRate}
      dkim={config.dkim && { ...config.dkim, record: dkimRecord(config.dkim) }}
      refusals={await accidents(services, newsletters)}
      domains={domains}
      failed={failed}
      done={c.req.query('done')}
    />,
    failed ? 422 : 200,
  )
}

/** Where mail goes: of SMTP_URL only what is no secret. */
function mailRoute(c: Context<AppEnv>): MailRoute {
  const { transport } = c.var.services.config
  if (transport.kind === 'mailbox') return { kind: 'mailbox' }
  const { host, port, secure, requireTLS } = smtpOptions(transport.url)
  return {
    kind: 'smtp',
    server: `${host ?? 'localhost'}:${port ?? (secure ? 465 : 587)}`,
    security: secure ? 'tls' : requireTLS ? 'starttls' : 'none',
  }
}
