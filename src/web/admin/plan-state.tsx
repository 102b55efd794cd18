import type { Language } from '../../domain/languages.ts'
import type { PlanRunState } from '../../domain/plan-run.ts'
import { planWords } from '../../domain/words/plans.ts'
import type { RunWithDigest } from '../../store/plan-runs.ts'
import { Status, type Tone } from '../views/parts/status.tsx'

const tones: Record<PlanRunState, Tone> = {
  making: 'look',
  made: 'look',
  waiting: 'look',
  sent: 'good',
  skipped: 'plain',
  blocked: 'fix',
  unapproved: 'fix',
  stopped: 'plain',
  asks: 'fix',
}

type Props = { run: RunWithDigest; language: Language }

/** What became of a plan's day, as a word; a sending that stands still counts before the run. */
export const PlanState = ({ run, language }: Props) => {
  const words = planWords[language]
  return isPaused(run) ? (
    <Status tone="fix">{words.paused}</Status>
  ) : (
    <Status tone={tones[run.state]}>{words.states[run.state]}</Status>
  )
}

export const isPaused = ({ digest }: RunWithDigest): boolean => digest?.dispatch === 'paused'
