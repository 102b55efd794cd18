import { accentColours, leastContrast } from '../accent.ts'
import { type Finding, warning } from './finding.ts'

/** A colour that can't be read on paper. On dark paper every colour is drawn paler, by rule and not as a fault. */
export function accentFindings(accent: string): Finding[] {
  const { contrast, darkened, light } = accentColours(accent)
  if (!darkened) return []
  const rounded = Math.floor(contrast * 10) / 10
  return [warning({ code: 'accent-weak', accent, contrast: rounded, least: leastContrast, instead: light })]
}
