import { examine, type Finding } from '../actions/examine.ts'
import { command, withInstallation } from './command.ts'

/** `broadsheet doctor`: looks at database, ledger and outbox; ends with 1 where something is wrong. */
export const doctorCommand = () =>
  command('doctor', 'look for what is wrong: counters against rows, what is stuck').action(
    async (options: { json?: boolean }) => {
      const findings = await withInstallation(({ services }) => examine(services))
      const ok = findings.every(finding => finding.state !== 'fault')
      console.log(options.json ? JSON.stringify({ ok, findings }) : findings.map(say).join('\n'))
      if (!ok) process.exitCode = 1
    },
  )

const say = ({ subject, state, text }: Finding) => `${state.padEnd(6)}${subject.padEnd(10)}${text}`
