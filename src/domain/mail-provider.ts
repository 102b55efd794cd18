/** Who takes mail at these hosts: readers are told to whom their address is handed (GDPR 13(1)(e)). */
const providers: [RegExp, string][] = [
  [/\.amazonaws\.com(\.cn)?$/, 'Amazon SES (Amazon Web Services)'],
  [/\.postmarkapp\.com$/, 'Postmark (ActiveCampaign)'],
  [/\.mailgun\.org$/, 'Mailgun (Sinch)'],
  [/\.sendgrid\.net$/, 'SendGrid (Twilio)'],
  [/\.(brevo|sendinblue)\.com$/, 'Brevo'],
  [/\.mailjet\.com$/, 'Mailjet (Sinch)'],
  [/\.sparkpostmail\.com$/, 'SparkPost (Bird)'],
  [/\.(gmail|google)\.com$/, 'Google'],
  [/\.(office365|outlook)\.com$/, 'Microsoft'],
]

/** The provider behind a mail server's host, by its name where we know it, else by the host's. */
export const mailProvider = (host: string): string =>
  providers.find(([hosts]) => hosts.test(`.${host.toLowerCase()}`))?.[1] ?? host.toLowerCase()
