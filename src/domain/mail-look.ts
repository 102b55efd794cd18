/** Families that every mail client has, with what stands in where one has not. */
export const mailFonts = {
  georgia: "Georgia, 'Times New Roman', serif",
  times: "'Times New Roman', Times, serif",
  arial: 'Arial, Helvetica, sans-serif',
  verdana: 'Verdana, Geneva, sans-serif',
  trebuchet: "'Trebuchet MS', Arial, sans-serif",
} as const

export type MailFont = keyof typeof mailFonts

export const fontNames = ['georgia', 'times', 'arial', 'verdana', 'trebuchet'] as const satisfies MailFont[]
