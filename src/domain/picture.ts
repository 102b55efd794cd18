/** A picture that we keep, by the hash of its octets, which is its name. */
export type Picture = {
  hash: string
  type: string
  width: number
  height: number
}

const name = /^([A-Za-z0-9_-]{24})\.(jpg|png)$/

/** The file name that it is served under. */
export const pictureName = ({ hash, type }: Pick<Picture, 'hash' | 'type'>): string =>
  `${hash}.${type === 'image/png' ? 'png' : 'jpg'}`

/** The hash and type in such a name; undefined for any other. */
export function namedPicture(text: string): Pick<Picture, 'hash' | 'type'> | undefined {
  const [, hash, ending] = name.exec(text) ?? []
  return hash === undefined ? undefined : { hash, type: ending === 'png' ? 'image/png' : 'image/jpeg' }
}

export const isPictureHash = (text: string): boolean => /^[A-Za-z0-9_-]{24}$/.test(text)

/**
 * Its size in a column, as the attributes `width` and `height` name it: never wider than the picture is, so that
 * nothing is blown up, and as high as its shape makes it.
 */
export function shownSize({ width, height }: Pick<Picture, 'width' | 'height'>, column: number) {
  const shown = Math.min(width, column)
  return { width: shown, height: Math.max(1, Math.round((shown * height) / width)) }
}
