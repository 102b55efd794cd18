import type { Language } from '../../domain/languages.ts'
import { approvalWords } from '../../domain/words/approval.ts'
import type { Digest } from '../../store/digests.ts'

type Props = { digest: Pick<Digest, 'id' | 'newsletters'>; language: Language }

/** A digest's mails, each as the readers of one of its newsletters get it: a document with a URL and a policy of its own. */
export const EditionFrames = ({ digest: { id, newsletters }, language }: Props) => {
  const words = approvalWords[language]
  return (
    <>
      {newsletters.map(({ slug, name }) => (
        <>
          <h2>{words.preview(name)}</h2>
          <iframe
            class="letter"
            title={words.preview(name)}
            src={`/admin/digests/${id}/preview?newsletter=${slug}`}
          />
        </>
      ))}
    </>
  )
}
