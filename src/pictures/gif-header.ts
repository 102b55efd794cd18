import { firstFrame, type GifFrame } from './gif.ts'
import type { HeaderOutcome } from './header.ts'

/** A GIF's size: of its screen, which its first frame must fit into. */
export function gifHeader(octets: Uint8Array): HeaderOutcome {
  const frame: GifFrame | undefined = firstFrame(octets)
  if (!frame) return { kind: 'damaged' }
  return {
    kind: 'header',
    header: { format: 'gif', width: frame.screen.width, height: frame.screen.height, orientation: 1 },
  }
}
