import { type Picture, pictureName } from './picture.ts'

/** The addresses of pages that mails and other sites point to. `publicUrl` has no trailing slash. */
export const links = {
  front: (publicUrl: string) => `${publicUrl}/`,
  subscribe: (publicUrl: string, newsletter?: string) =>
    `${publicUrl}/subscribe${newsletter ? `?newsletter=${newsletter}` : ''}`,
  confirm: (publicUrl: string, token: string) => `${publicUrl}/confirm/${token}`,
  objection: (publicUrl: string, token: string) => `${publicUrl}/not-me/${token}`,
  unsubscribe: (publicUrl: string, token: string) => `${publicUrl}/unsubscribe/${token}`,
  preferences: (publicUrl: string, token: string) => `${publicUrl}/preferences/${token}`,
  newAddress: (publicUrl: string, token: string) => `${publicUrl}/new-address/${token}`,
  /** The links to leave and to the preferences in a test: pages that change nothing. */
  testUnsubscribe: (publicUrl: string, newsletter: string) =>
    `${publicUrl}/unsubscribe/test?newsletter=${newsletter}`,
  testPreferences: (publicUrl: string, newsletter: string) =>
    `${publicUrl}/preferences/test?newsletter=${newsletter}`,
  preview: (publicUrl: string, token: string) => `${publicUrl}/preview/${token}`,
  /** A story of a digest, wherever it is by now. */
  story: (publicUrl: string, token: string) => `${publicUrl}/l/${token}`,
  privacy: (publicUrl: string) => `${publicUrl}/privacy`,
  archive: (publicUrl: string, newsletter?: string, digest?: number) =>
    [`${publicUrl}/archive`, newsletter, digest].filter(part => part !== undefined).join('/'),
  feed: (publicUrl: string, newsletter: string) => `${publicUrl}/archive/${newsletter}/feed.xml`,
  picture: (publicUrl: string, picture: Pick<Picture, 'hash' | 'type'>) =>
    `${publicUrl}/pictures/${pictureName(picture)}`,
  signIn: (publicUrl: string, secret: string) => `${publicUrl}/admin/sign-in/${secret}`,
  admin: (publicUrl: string) => `${publicUrl}/admin`,
  account: (publicUrl: string) => `${publicUrl}/admin/settings/you`,
  accessLog: (publicUrl: string) => `${publicUrl}/admin/settings/log`,
  digest: (publicUrl: string, digest: number) => `${publicUrl}/admin/digests/${digest}`,
  digests: (publicUrl: string) => `${publicUrl}/admin/digests`,
  planRun: (publicUrl: string, plan: number, day: string) => `${publicUrl}/admin/plans/${plan}/runs/${day}`,
  review: (publicUrl: string, digest: number) => `${publicUrl}/admin/digests/${digest}/review`,
  mailbox: (publicUrl: string) => `${publicUrl}/mailbox`,
} as const
