import { type ConnectionUrlOptions, parseConnectionUrl } from 'nodemailer/lib/shared'
import { isLoopback } from '../domain/network.ts'

/**
 * Nodemailer's options for an SMTP URL. A password, or a host that is not this machine, demands TLS with a
 * certificate that verifies, whatever the URL says; only `?ignoreTLS=true` without a password lifts that. On this
 * machine and without a password nothing is encrypted, unless the URL asks for it (`smtps:`, `?requireTLS=true`).
 */
export function smtpOptions(url: string): ConnectionUrlOptions {
  const { opportunisticTLS, ...options } = parseConnectionUrl(url)
  const password = Boolean(options.auth?.pass)
  const remote = !isLoopback(options.host ?? 'localhost')
  const waived = options.ignoreTLS === true && !password
  const demanded = password || (remote && !waived) || (options.requireTLS === true && !waived)
  return {
    ...options,
    requireTLS: demanded,
    ignoreTLS: !demanded,
    tls: { ...options.tls, rejectUnauthorized: true },
  }
}
