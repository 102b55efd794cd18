import type { Content } from '../wire.ts'

/** Memory in which messages are put together, until the socket has taken them: few connections need some at a time. */
const memories: Buffer[] = []
const mostMemories = 64

/** The octets of a message with the final dot behind it. */
export const sizeOf = (content: Content): number => content.reduce((sum, part) => sum + part.length, 3)

/**
 * All parts and the final dot in one piece, which may be longer than they are: one write, and no garbage. Gathering the
 * parts by `cork` instead spares a copy of 50 KB and makes an object of each part: both ways took 40 to 50 µs a message.
 */
export function pack(content: Content, size: number): Buffer {
  const last = memories.pop()
  const memory =
    last && last.length >= size ? last : Buffer.allocUnsafeSlow(Math.ceil(size / 4096) * 4096 + 4096)
  let at = 0
  for (const part of content) {
    if (typeof part === 'string') memory.write(part, at, 'latin1')
    else memory.set(part, at)
    at += part.length
  }
  memory.write('.\r\n', at, 'latin1')
  return memory
}

/** The socket has taken what was packed: the next message may have its memory. */
export function giveBack(memory: Buffer): void {
  if (memories.length < mostMemories) memories.push(memory)
}
