import { examine, type Finding } from '../actions/examine.ts'
import { command, withInstallation } from './command.ts'
import { speaker } from './print.ts'

/** `broadsheet doctor`: looks at database, ledger and outbox; ends with 1 where something is wrong. */
export const doctorCommand = () =>
  command('doctor', 'look for what is wrong: counters against rows, what is stuck').action(
    async (options: { json?: boolean }) => {
      const findings = await withInstallation(({ services }) => examine(services))
      const ok = findings.every(finding => finding.state !== 'fault')
      await speaker(options).answer({ text: findings.map(say).join('\n'), data: { ok, findings } })
      if (!ok) process.exitCode = 1
    },
  )

const say = ({ subject, state, text }: Finding) => `${state.padEnd(6)}${subject.padEnd(10)}${text}`
