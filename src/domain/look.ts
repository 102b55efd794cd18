import { z } from 'zod'
import { fontNames } from './mail-look.ts'
import { optional, paragraphs, webUrl } from './text.ts'

/** What an owner sets for how pages and mails look. Short enough to stand in an address, by which it is previewed. */
export const lookInput = z.object({
  logoUrl: optional(webUrl).transform(url => url ?? null),
  accent: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^#[0-9a-f]{6}$/, 'must be a colour such as #8a1c1c'),
  headlineFont: z.enum(fontNames),
  textFont: z.enum(fontNames),
  /** Markdown. */
  footer: paragraphs(1000).transform(text => text.trim()),
})

/** The ways to look at a mail. */
export const mailViews = ['light', 'dark', 'text'] as const
export type MailView = (typeof mailViews)[number]

/** The view that an address asks for: light, unless it names another. */
export const readMailView = (text: string | undefined): MailView =>
  mailViews.find(view => view === text) ?? 'light'
