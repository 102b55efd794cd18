import { type Header, type HeaderOutcome, latin, type Orientation } from './header.ts'

type Box = { type: string; data: Uint8Array }

/**
 * Reads the boxes of an AVIF (ISO 14496-12; 23008-12, 6.5): the largest of the sizes that it names, how it is turned,
 * and its profile. The decoder refuses a picture that is larger than it says.
 */
export function avifHeader(octets: Uint8Array): HeaderOutcome {
  const top = boxesIn(octets)
  const meta = top?.find(box => box.type === 'meta')
  if (!top || !meta) return { kind: 'damaged' }
  const properties = inside(inside(boxesIn(meta.data.subarray(4)), 'iprp'), 'ipco') ?? []
  let [width, height] = [0, 0]
  for (const { data } of properties.filter(box => box.type === 'ispe' && box.data.length >= 12)) {
    const view = viewOf(data)
    width = Math.max(width, view.getUint32(4))
    height = Math.max(height, view.getUint32(8))
  }
  if (!width || !height) return { kind: 'damaged' }
  return {
    kind: 'header',
    header: { format: 'avif', width, height, orientation: turnOf(properties), ...profileOf(properties) },
  }
}

/** The boxes that fill these octets; undefined where one is longer than what is there. */
function boxesIn(octets: Uint8Array): Box[] | undefined {
  const view = viewOf(octets)
  const boxes: Box[] = []
  for (let at = 0; at < octets.length; ) {
    if (at + 8 > octets.length) return undefined
    const [short, type] = [view.getUint32(at), latin(octets, at + 4, at + 8)]
    const long = short === 1 && at + 16 <= octets.length
    const head = long ? 16 : 8
    const length = long ? Number(view.getBigUint64(at + 8)) : short === 0 ? octets.length - at : short
    if (length < head || at + length > octets.length) return undefined
    boxes.push({ type, data: octets.subarray(at + head, at + length) })
    at += length
  }
  return boxes
}

const inside = (boxes: Box[] | undefined, type: string) => {
  const found = boxes?.find(box => box.type === type)
  return found && boxesIn(found.data)
}

/** `irot` turns a quarter to the left each; a picture that is mirrored besides is rare, and stays as it is. */
function turnOf(properties: readonly Box[]): Orientation {
  const turns = properties.find(box => box.type === 'irot')?.data[0] ?? 0
  return ([1, 8, 3, 6] as const)[turns & 3]!
}

function profileOf(properties: readonly Box[]): Pick<Header, 'profile'> {
  const colours = properties.find(box => box.type === 'colr' && /^(prof|rICC)/.test(latin(box.data, 0, 4)))
  return colours ? { profile: { octets: colours.data.subarray(4) } } : {}
}

const viewOf = (octets: Uint8Array) => new DataView(octets.buffer, octets.byteOffset, octets.byteLength)
