import type { Keyring } from '../../domain/keys.ts'
import type { RetryPolicy } from '../../domain/retry-policy.ts'
import type { Result } from '../../store/turns.ts'
import type { Domains } from './domains.ts'
import type { Faults } from './faults.ts'
import type { Gate } from './gate.ts'
import type { Holdings, Task } from './holdings.ts'
import type { LaterBatches } from './later-batches.ts'
import type { Letters } from './letters.ts'
import type { Pace } from './pace.ts'
import type { Patience } from './patience.ts'
import type { Rounds } from './rounds.ts'

/** What the connections of a sender share. */
export type Lanes = {
  holdings: Holdings
  rounds: Rounds
  gate: Gate
  pace: Pace | undefined
  later: LaterBatches
  domains: Domains
  faults: Faults
  keys: Keyring
  retry: RetryPolicy
  patience: Patience
  lettersOf(dispatchId: number): Promise<Letters>
  /** There may be more connections than before. */
  grew(): void
  /** Aborted when the sender drains. */
  stopping: AbortSignal
}

/** What a lane brings to its next turn: the task that it did, and its result, unless nothing came of it. */
export type Done = { task: Task; result?: Result }
