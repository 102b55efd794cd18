import type { Context } from 'hono'
import type { SenderChange } from '../../domain/sender.ts'
import { proofWords } from '../../domain/words/proof.ts'
import type { AppEnv } from '../env.ts'
import { proofPath } from '../middleware/require-fresh.ts'
import type { FormErrors } from '../read-form.ts'
import { editorOf, type WorkspaceFrame } from './frame.ts'
import { ProofNotice } from './proof-pages.tsx'

/** `needed`: to be said beforehand; `refused`: a changed sender came back. */
export type SenderProofState = 'fresh' | 'needed' | 'refused'

type Props = Pick<WorkspaceFrame, 'language'> & { proof: SenderProofState }

/** Above the fields of a sender: what changing them needs. The way there is another tab's, since things may be typed. */
export const SenderProof = ({ language, proof }: Props) => {
  const words = proofWords[language].sender
  if (proof === 'fresh') return null
  if (proof === 'refused') return <ProofNotice language={language} />
  return (
    <p class="hint">
      {words.hint}{' '}
      <a href={proofPath()} target="_blank" rel="noopener">
        {words.act}
      </a>
    </p>
  )
}

/** At each changed field of a sender: it waits for the proof. */
export const unproven = (c: Context<AppEnv>, changes: readonly SenderChange[]): FormErrors =>
  Object.fromEntries(changes.map(({ field }) => [field, proofWords[editorOf(c).language].sender.field]))

/** What the page of such a form says, by how it answers. */
export const proofState = (c: Context<AppEnv>, status: number): SenderProofState =>
  status === 403 ? 'refused' : c.var.fresh ? 'fresh' : 'needed'
