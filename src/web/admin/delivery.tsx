import { type Context, Hono } from 'hono'
import { accidents } from '../../actions/accidents.ts'
import { homeOf, makeHome } from '../../actions/home.ts'
import { dkimRecord } from '../../domain/dkim-record.ts'
import { parseDomain } from '../../domain/email-address.ts'
import { failureRules } from '../../domain/failure-rules.ts'
import { domainLimit } from '../../domain/mail-domain.ts'
import { smtpOptions } from '../../mail/smtp-options.ts'
import {
  forgetDomain,
  limitDomain,
  listMailDomains,
  type MailDomain,
  unpauseDomain,
} from '../../store/mail-domains.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import { updatePublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { formFields } from '../form-fields.ts'
import { requireRole } from '../middleware/require-role.ts'
import { readForm } from '../read-form.ts'
import { type DeliveryDone, DeliveryPage, type MailRoute } from './delivery-page.tsx'
import { failureFields, type RulesForm } from './failure-rules.tsx'
import { editorOf, workspaceFrame } from './frame.ts'
import type { LimitForm } from './mail-domains.tsx'

type C = Context<AppEnv>

const path = '/admin/settings/delivery'

/** How mail goes out: what the environment says, what would keep a digest from going, and what an owner rules. */
export const delivery = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', c => deliveryPage(c))
  .post('/claim', async c => {
    const made = await makeHome(c.var.services)
    return c.redirect(`${path}${made === 'made' ? '?done=claimed' : ''}`, 303)
  })
  .post('/domains', async c => {
    const fields = await formFields(c)
    const reading = readForm(domainLimit, fields, editorOf(c).language)
    if (reading.kind === 'refused') return deliveryPage(c, { limit: { fields, errors: reading.errors } })
    const { domain, ...limit } = reading.data
    await limitDomain(c.var.services.db, domain, limit)
    return c.redirect(`${path}?${new URLSearchParams({ done: 'limited', which: domain })}`, 303)
  })
  .post('/domains/:domain/remove', async c => {
    const listed = await listedDomain(c)
    if (!listed) return c.redirect(path, 303)
    await forgetDomain(c.var.services.db, listed.domain)
    return c.redirect(`${path}?${removedQuery(listed)}`, 303)
  })
  .post('/domains/:domain/unpause', async c => {
    const listed = await listedDomain(c)
    if (!listed) return c.redirect(path, 303)
    await unpauseDomain(c.var.services.db, listed.domain)
    return c.redirect(`${path}?${new URLSearchParams({ done: 'unpaused', which: listed.domain })}`, 303)
  })
  .post('/failures', async c => {
    const fields = await formFields(c)
    const reading = readForm(failureRules, fields, editorOf(c).language)
    if (reading.kind === 'refused') return deliveryPage(c, { rules: { fields, errors: reading.errors } })
    await updatePublication(c.var.services.db, reading.data)
    return c.redirect(`${path}?done=saved`, 303)
  })

/** The domain that the address names; undefined where it is not in the list any more, and nothing is left to do. */
async function listedDomain(c: C): Promise<MailDomain | undefined> {
  const domain = parseDomain(c.req.param('domain') ?? '')
  return domain ? (await listMailDomains(c.var.services.db)).find(one => one.domain === domain) : undefined
}

async function deliveryPage(c: C, failed: { limit?: LimitForm; rules?: RulesForm } = {}) {
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
      limit={limitForm(c, domains, failed.limit)}
      rules={failed.rules ?? { fields: failureFields(frame.publication), errors: {} }}
      done={doneOf(c)}
    />,
    failed.limit || failed.rules ? 422 : 200,
  )
}

/** The form as it came back, or filled with a domain of the list, or empty. */
function limitForm(c: C, domains: MailDomain[], failed?: LimitForm): LimitForm {
  const wanted = failed ? parseDomain(failed.fields.domain ?? '') : c.req.query('domain')
  const listed = domains.find(one => one.domain === wanted)
  const fields = failed?.fields ?? {
    connections: String(listed?.connections ?? ''),
    perMinute: String(listed?.perMinute ?? ''),
  }
  return { fields, errors: failed?.errors ?? {}, changing: listed?.domain }
}

const removedQuery = ({ domain, connections, perMinute }: MailDomain) =>
  new URLSearchParams({
    done: 'removed',
    which: domain,
    connections: String(connections ?? ''),
    perMinute: String(perMinute ?? ''),
  })

function doneOf(c: C): DeliveryDone | undefined {
  const { done, which = '', ...query } = c.req.query()
  const domain = parseDomain(which)
  if (done === 'claimed' || done === 'saved') return { kind: done }
  if (!domain) return undefined
  if (done === 'limited' || done === 'unpaused') return { kind: done, domain }
  if (done !== 'removed') return undefined
  const was = domainLimit.safeParse({ ...query, domain })
  return { kind: done, connections: null, perMinute: null, ...was.data, domain }
}

/** Where mail goes: of SMTP_URL and of what belongs to it only what is no secret. */
function mailRoute(c: C): MailRoute {
  const { transport } = c.var.services.config
  if (transport.kind === 'mailbox') return { kind: 'mailbox' }
  const { server } = transport
  if (server.by === 'ses')
    return {
      kind: 'smtp',
      server: transport.host,
      security: server.endpoint.startsWith('https:') ? 'https' : 'none',
    }
  const { host, port, secure, requireTLS } = smtpOptions(server.url)
  return {
    kind: 'smtp',
    server: `${host ?? 'localhost'}:${port ?? (secure ? 465 : 587)}`,
    security: secure ? 'tls' : requireTLS ? 'starttls' : 'none',
  }
}
