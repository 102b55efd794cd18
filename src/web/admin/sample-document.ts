import type { Context } from 'hono'
import type { MailView } from '../../domain/look.ts'
import { inScheme } from '../../mail/render/in-scheme.ts'
import type { AppEnv } from '../env.ts'
import { mailPolicy } from '../middleware/security-headers.ts'

/** A mail as a document of its own, which runs nothing. */
export function sampleDocument(c: Context<AppEnv>, mail: { html: string; text: string }, view: MailView) {
  c.header('content-security-policy', mailPolicy)
  return view === 'text' ? c.text(mail.text) : c.html(inScheme(mail.html, view))
}
