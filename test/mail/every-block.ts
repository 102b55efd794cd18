import type { Language } from '../../src/domain/languages.ts'
import type { DigestContent } from '../../src/mail/render/digest-model.ts'
import { sampleContent } from '../../src/mail/render/sample-content.ts'
import { aDigest } from './a-digest.ts'

/** A digest with a block of every kind, logo and footer. */
export function everyBlock(
  publication: Partial<DigestContent['publication']> = {},
  language: Language = 'en',
): DigestContent {
  const { archiveUrl, signUpUrl, newsletter, date, publication: ours } = aDigest()
  const footer =
    'Tel. 020 7946 0000, [the desk](mailto:desk@ledger.example)\n\n[Imprint](https://ledger.example/imprint)'
  return {
    ...sampleContent({
      publication: { ...ours, footer, ...publication },
      newsletter: { ...newsletter, language },
      archiveUrl,
      signUpUrl,
    }),
    date,
  }
}
