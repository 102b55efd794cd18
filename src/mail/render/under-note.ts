import { accentColours } from '../../domain/accent.ts'
import type { Language } from '../../domain/languages.ts'
import { fontFamilies, type MailLook } from '../../domain/mail-look.ts'
import type { Letter } from './letter-text.ts'
import { escapeHtml } from './slots.ts'
import { columns, wrap } from './wrap.ts'

/** What is said above a mail to whoever is to check it. */
export type Note = Pick<Letter, 'title' | 'paragraphs' | 'button' | 'after'>

// MJML writes these two one after the other, whatever an own template says.
const start = /<\/head>\s*<body\b(?:"[^"]*"|[^">])*>/

/** A compiled mail with a note on top, in a box that is none of the mail's own. */
export function htmlUnderNote(html: string, note: Note, language: Language, look: MailLook): string {
  const [found] = start.exec(html) ?? []
  if (found === undefined) throw new Error('the mail has no body')
  const body = found.replace(/^<\/head>/, `${noteStyle(look)}$&`)
  return html.replace(found, () => body + noteHtml(note, language, look))
}

/** The same for its plain text. */
export const textUnderNote = (text: string, { title, paragraphs, button, after }: Note): string =>
  [
    wrap(title),
    ...paragraphs.map(paragraph => wrap(paragraph)),
    `${wrap(`${button.text}:`)}\n${button.url}`,
    ...after.map(paragraph => wrap(paragraph)),
    '_'.repeat(columns),
    text,
  ].join('\n\n')

function noteHtml({ title, paragraphs, button, after }: Note, language: Language, look: MailLook): string {
  const { light, onLight } = accentColours(look.accent)
  const font = `font-family:${escapeHtml(fontFamilies(look).small)};`
  const line = (words: string, style: string) =>
    `<p style="margin:0 0 12px;${font}font-size:16px;line-height:1.5;color:#1c1a17;${style}">${escapeHtml(words)}</p>`
  return `
<table class="desk-note" role="presentation" lang="${language}" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f4f0e6" style="background-color:#f4f0e6;">
<tr><td align="center" style="padding:20px 24px 12px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:552px;margin:0 auto;">
<tr><td align="left">
${line(title, 'font-weight:bold;')}
${paragraphs.map(paragraph => line(paragraph, '')).join('\n')}
<table class="desk-button" role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:4px 0 16px;border-collapse:separate;">
<tr><td bgcolor="${light}" style="border-radius:2px;background-color:${light};mso-padding-alt:13px 22px;"><a href="${escapeHtml(button.url)}" style="display:inline-block;padding:13px 22px;${font}font-size:16px;font-weight:bold;line-height:1.2;color:${onLight};text-decoration:none;">${escapeHtml(button.text)}</a></td></tr>
</table>
${after.map(paragraph => line(paragraph, 'font-size:14px;')).join('\n')}
</td></tr>
</table>
</td></tr>
</table>
`
}

function noteStyle({ accent }: MailLook): string {
  const { dark, onDark } = accentColours(accent)
  return `<style>
@media (max-width: 479px) {
  .desk-note > tbody > tr > td { padding-left: 16px !important; padding-right: 16px !important; }
}
</style>
<style>
@media (prefers-color-scheme: dark) {
  .desk-note { background-color: #211f1a !important; }
  .desk-note p { color: #ece7dc !important; }
  .desk-button td { background-color: ${dark} !important; }
  .desk-button a { color: ${onDark} !important; }
}
</style>
<style>
[data-ogsb] .desk-note { background-color: #211f1a !important; }
[data-ogsc] .desk-note p { color: #ece7dc !important; }
[data-ogsb] .desk-button td { background-color: ${dark} !important; }
[data-ogsc] .desk-button a { color: ${onDark} !important; }
</style>
`
}
