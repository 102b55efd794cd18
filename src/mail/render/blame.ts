import type { TemplateFault, TemplateFaultCode } from '../../domain/template.ts'

/** How what may not stand in a mail is mostly written in the template that made it. */
const patterns: Partial<Record<TemplateFaultCode, RegExp>> = {
  script: /<script/i,
  handler: /[\s"'/]on[a-z]+\s*=/i,
  'address-that-runs': /javascript:|vbscript:|data:|expression\s*\(|behavior\s*:|-moz-binding/i,
  stylesheet: /<link\b|@import|<mj-font\b/i,
}

/** A fault of the finished mail with the first line of the template that may have made it, where there is one. */
export function blame(fault: TemplateFault, source: string): TemplateFault {
  const pattern = patternFor(fault)
  const index = pattern ? source.split('\n').findIndex(line => pattern.test(line)) : -1
  return { ...fault, line: index < 0 ? null : index + 1 }
}

function patternFor({ code, detail }: TemplateFault): RegExp | undefined {
  const name = detail.replaceAll('.', '\\.')
  switch (code) {
    case 'form':
    case 'frame':
      return new RegExp(`${detail.replace('>', '')}\\b`, 'i')
    case 'slot-elsewhere':
      // In an attribute; an address also where it is not the whole of a link's.
      return /unsubscribe|preferences/.test(detail)
        ? new RegExp(`(?<!\\bhref=["']\\{\\{-? ?)${name}`)
        : new RegExp(`=\\s*(?:"[^"]*|'[^']*)${name}`)
    default:
      return patterns[code]
  }
}
