import { dialByName } from '../../src/mail/smtp/dial.ts'
import { mailerTo, wiresTo } from '../../src/mail/transport.ts'
import { SessionError } from '../../src/mail/wire.ts'

// A Worker that hands one message to the mail server that it is asked for, in both ways: as a digest and as a notice.

const envelope = { from: 'news@bulletin.example', to: 'ana@example.com' }
/** More than a socket takes at once. */
const message = `Subject: a probe\r\n\r\n${'hello, hello, hello\r\n'.repeat(20_000)}`

export default {
  async fetch(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url)
    if (pathname === '/livez') return new Response('ok')
    const url = searchParams.get('url')!
    return Response.json({ wire: await byWire(url), mailer: await byMailer(url) })
  },
}

async function byWire(url: string) {
  const openWire = wiresTo({ by: 'smtp', url }, { dial: dialByName })
  try {
    const wire = await openWire(AbortSignal.timeout(10_000))
    const handed = await wire.send(envelope, [message])
    wire.close()
    return handed
  } catch (error) {
    if (!(error instanceof SessionError)) throw error
    return { kind: 'no-session', stage: error.stage, why: error.message }
  }
}

async function byMailer(url: string) {
  const mailer = mailerTo({ by: 'smtp', url }, { connections: 1, dial: dialByName })
  const content = new TextEncoder().encode(message)
  const handover = await mailer.send({ ...envelope, content }, AbortSignal.timeout(10_000))
  mailer.close()
  return handover
}
