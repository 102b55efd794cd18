import { type Context, Hono } from 'hono'
import { accidents } from '../../actions/check-dispatch.ts'
import { homeOf, makeHome } from '../../actions/home.ts'
import { dkimRecord } from '../../domain/dkim-record.ts'
import { smtpOptions } from '../../mail/smtp-options.ts'
import { listNewsletters } from '../../store/newsletters.ts'
import type { AppEnv } from '../env.ts'
import { requireRole } from '../middleware/require-role.ts'
import { DeliveryPage, type MailRoute } from './delivery-page.tsx'
import { workspaceFrame } from './frame.ts'

/** How mail goes out, as the environment says, and what would keep a digest from going. */
export const delivery = new Hono<AppEnv>()
  .use(requireRole('owner'))
  .get('/', async c => {
    const { services } = c.var
    const { config, db } = services
    const [frame, home, newsletters] = await Promise.all([
      workspaceFrame(c),
      homeOf(services),
      listNewsletters(db),
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
        claimed={c.req.query('done') === 'claimed'}
      />,
    )
  })
  .post('/claim', async c => {
    const made = await makeHome(c.var.services)
    return c.redirect(`/admin/settings/delivery${made === 'made' ? '?done=claimed' : ''}`, 303)
  })

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
