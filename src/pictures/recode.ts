import type { Codecs } from './codecs.ts'
import { inSrgb, readProfile } from './colour-profile.ts'
import { type Encoded, fitted, mostSide } from './fit.ts'
import { decodeFrame, firstFrame } from './gif.ts'
import { type Header, type NoPicture, readHeader } from './header.ts'
import { type Pixels, roughlyReduced, upright } from './pixels.ts'

/** Why a file can't be taken for a picture. */
export type PictureRefusal =
  | { reason: 'empty' }
  | { reason: 'too-large'; megabytes: number }
  | { reason: 'no-picture'; found: NoPicture }
  | { reason: 'damaged' }
  | { reason: 'print-colours' }
  | { reason: 'moving' }
  | { reason: 'too-many-pixels'; width: number; height: number; megapixels: number; side: number }
  /** Others are being taken in, more than can wait. */
  | { reason: 'busy' }

export type Recoded = { kind: 'picture'; picture: Encoded } | ({ kind: 'refused' } & PictureRefusal)

/**
 * Makes of a file a picture to keep: JPEG, or PNG where it has few colours or can be seen through; at most 1,200 pixels
 * and 200 KB; upright, in sRGB, and with nothing of the file but its pixels. Each runtime brings its own. What is wrong
 * with the file is a refusal; only our own faults throw.
 */
export type Recode = (octets: Uint8Array) => Promise<Recoded>

export type Limits = { megapixels: number }

const mostMegabytes = 15
const mostPixelsASide = 12_000
/** A profile of a camera has 500 octets; those of printers, which are not used, have megabytes. */
const mostProfile = 1_000_000

/** The work itself, where it is done at once and in this thread. */
export async function recode(octets: Uint8Array, codecs: Codecs, { megapixels }: Limits): Promise<Recoded> {
  if (octets.length === 0) return { kind: 'refused', reason: 'empty' }
  if (octets.length > mostMegabytes * 1024 * 1024)
    return { kind: 'refused', reason: 'too-large', megabytes: mostMegabytes }
  const outcome = readHeader(octets)
  if (outcome.kind === 'no-picture') return { kind: 'refused', reason: 'no-picture', found: outcome.found }
  if (outcome.kind !== 'header') return { kind: 'refused', reason: outcome.kind }
  const { header } = outcome
  const { width, height } = header
  if (Math.max(width, height) > mostPixelsASide || width * height > megapixels * 1_000_000)
    return { kind: 'refused', reason: 'too-many-pixels', width, height, megapixels, side: mostPixelsASide }
  const decoded = await decode(octets, header, codecs)
  if (!decoded) return { kind: 'refused', reason: 'damaged' }
  const pixels = roughlyReduced(decoded, mostSide)
  const profile = header.profile && readProfile(await profileOf(header.profile))
  if (profile) inSrgb(pixels, profile)
  return { kind: 'picture', picture: await fitted(codecs, upright(pixels, header.orientation)) }
}

/** Undefined where the decoder can't read it, or found another size than the file names. */
async function decode(octets: Uint8Array, header: Header, codecs: Codecs): Promise<Pixels | undefined> {
  try {
    if (header.format === 'gif') return decodeFrame(firstFrame(octets)!)
    const pixels = await codecs.decode[header.format](octets)
    return pixels.width === header.width && pixels.height === header.height ? pixels : undefined
  } catch {
    // Decoders throw numbers, statuses and traps for what they can't read.
    return undefined
  }
}

/** A profile as it is, at most 1 MB of it: what is deflated may be far larger than it looks. */
async function profileOf({ octets, deflated }: NonNullable<Header['profile']>): Promise<Uint8Array> {
  if (!deflated) return octets
  const whole: Uint8Array[] = []
  let length = 0
  try {
    const stream = new Blob([new Uint8Array(octets)]).stream().pipeThrough(new DecompressionStream('deflate'))
    for await (const part of stream as unknown as AsyncIterable<Uint8Array>) {
      whole.push(part)
      length += part.length
      if (length > mostProfile) return new Uint8Array()
    }
  } catch {
    // No profile then: the picture itself may be whole.
    return new Uint8Array()
  }
  return Buffer.concat(whole)
}
