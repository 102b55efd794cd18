/** The names of the templates in emails/. */
export const templateNames = ['digest', 'confirm', 'notice', 'head'] as const

/** The sources of emails/*.mjml by name: files on Node, text modules in the Worker. */
export type Templates = Record<(typeof templateNames)[number], string>
