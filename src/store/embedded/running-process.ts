import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Names a process beyond the life of its number: pid, start time and boot. Numbers come again, soon in a
 * container, and a machine that boots the same way gives them out at the same tick.
 */
export type ProcessName = string

export const thisProcess = (): ProcessName => nameOf(process.pid)

const nameOf = (pid: number) => `${pid}.${startOf(pid)}.${boot()}`

/** Does that process still run? A process whose start time is hidden from us counts as running. */
export function isRunning(name: ProcessName): boolean {
  const [pid, start, bootThen] = name.split('.')
  if (bootThen !== boot() || !pidRuns(Number(pid))) return false
  const startNow = startOf(Number(pid))
  return startNow === start || startNow === unknown
}

/** Does any process run under that number? Zombies do not: they hold no file and no lock. */
export function pidRuns(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return !/^[ZX]/.test(procStat(pid)?.state ?? '')
}

/** Linux only. */
export const parentOf = (pid: number): number | undefined => procStat(pid)?.parent

const unknown = '0'

// A date in another language could not be parsed.
const english = { LC_ALL: 'C', PATH: '/usr/bin:/bin' }

function startOf(pid: number): string {
  if (process.platform === 'linux') return procStat(pid)?.start ?? unknown
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8', env: english })
  return stdout?.trim() ? String(Date.parse(stdout) / 1000) : unknown
}

/** proc_pid_stat(5): state is field 3, parent 4, start time 22; the name before them may hold spaces and brackets. */
function procStat(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0], parent: Number(fields[1]), start: fields[19] }
  } catch {
    return undefined
  }
}

function boot(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').slice(0, 8)
  } catch {
    return 'boot'
  }
}
