/** Families that every mail client has, with what stands in where one has not. */
const mailFonts = {
  georgia: "Georgia, 'Times New Roman', serif",
  times: "'Times New Roman', Times, serif",
  arial: 'Arial, Helvetica, sans-serif',
  verdana: 'Verdana, Geneva, sans-serif',
  trebuchet: "'Trebuchet MS', Arial, sans-serif",
} as const

export type MailFont = keyof typeof mailFonts

export const fontNames = ['georgia', 'times', 'arial', 'verdana', 'trebuchet'] as const satisfies MailFont[]

/** What all mails of a publication are set in, and coloured with (`#rrggbb`). */
export type MailLook = { accent: string; headlineFont: MailFont; textFont: MailFont }

/** The families of a look. Small print is set without serifs, in one of the two where it has none. */
export function fontFamilies({ headlineFont, textFont }: Pick<MailLook, 'headlineFont' | 'textFont'>) {
  const plain = [textFont, headlineFont].find(font => !mailFonts[font].endsWith(' serif'))
  return {
    headline: mailFonts[headlineFont],
    text: mailFonts[textFont],
    small: mailFonts[plain ?? 'arial'],
  }
}
