import { setFlagsFromString } from 'node:v8'

/**
 * Keeps V8 from spending memory to save time: what a message needs is garbage a moment later, and by itself V8 lets
 * that grow to several times of what is in use. A sender's peak at 60,000 messages over 50 connections: 180 MB, against
 * 366 MB without, for the same processor time. Both flags are read at each collection, so that they hold from now on.
 */
export function keepMemoryLean(): void {
  setFlagsFromString('--semi-space-growth-factor=1')
  setFlagsFromString('--heap-growing-percent=20')
}
