import { error, type Finding, warning } from './finding.ts'

/** What the narrowest of the common mail programs on a desk still show. */
const subjectLimit = 60
/** Beyond this no common mail program shows any of it. */
const preheaderLimit = 100

/** Subject and preheader: all of a mail that most who get it ever see. */
export function headlineFindings({ subject, preheader }: { subject: string; preheader: string }): Finding[] {
  const [first, second] = [subject.trim(), preheader.trim()]
  const length = (text: string) => [...text].length
  const findings: Finding[] = []
  if (first === '') findings.push(error({ code: 'no-subject' }, { field: 'subject' }))
  if (length(first) > subjectLimit)
    findings.push(
      warning({ code: 'subject-long', characters: length(first), limit: subjectLimit }, { field: 'subject' }),
    )
  const where = { field: 'preheader' as const }
  if (second === '') findings.push(warning({ code: 'no-preheader' }, where))
  else if (second.toLowerCase() === first.toLowerCase())
    findings.push(warning({ code: 'preheader-repeats-subject' }, where))
  if (length(second) > preheaderLimit)
    findings.push(
      warning({ code: 'preheader-long', characters: length(second), limit: preheaderLimit }, where),
    )
  return findings
}
