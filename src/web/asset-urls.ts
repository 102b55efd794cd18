import { assetHashes } from './assets/hashes.ts'

export type AssetName = keyof typeof assetHashes

/** The address of a static file, which changes with its content, so that browsers may keep it for ever. */
export const assetUrl = (name: AssetName): string => `/assets/${name}?v=${assetHashes[name]}`

/** The address of the stylesheet that sets a publication's colour. */
export const accentUrl = (accent: string): string => `/assets/accent.css?colour=${accent.replace('#', '')}`
