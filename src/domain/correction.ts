import { z } from 'zod'
import { line, webUrl } from './text.ts'

/** What a story says from now on in the digest that sent it, and the note that readers see beside it. */
export const correctionInput = z.object({
  title: line(300, 1),
  standfirst: line(1000),
  url: webUrl,
  note: line(500, 1),
})

export type CorrectionInput = z.infer<typeof correctionInput>

/** A story put right after it went out: only what the correction changed is there. */
export type Correction = {
  articleId: number
  title: string | null
  standfirst: string | null
  url: string | null
  note: string
  at: Date
}

/** What a story's corrections made of it, and their notes, the oldest first. */
export type Corrected = {
  title?: string
  standfirst?: string
  url?: string
  notes: { note: string; at: Date }[]
}

/** By story; given the oldest first. */
export function correctedBy(corrections: readonly Correction[]): Map<number, Corrected> {
  const stories = new Map<number, Corrected>()
  for (const { articleId, title, standfirst, url, note, at } of corrections) {
    const before = stories.get(articleId)
    stories.set(articleId, {
      ...before,
      ...(title !== null && { title }),
      ...(standfirst !== null && { standfirst }),
      ...(url !== null && { url }),
      notes: [...(before?.notes ?? []), { note, at }],
    })
  }
  return stories
}

type Told = { title: string; standfirst: string; url: string }

/** A story in its corrected words. */
export const inCorrectedWords = <S extends Told>(story: S, corrected: Corrected | undefined): S => ({
  ...story,
  ...(corrected?.title !== undefined && { title: corrected.title }),
  ...(corrected?.standfirst !== undefined && { standfirst: corrected.standfirst }),
  ...(corrected?.url !== undefined && { url: corrected.url }),
})
