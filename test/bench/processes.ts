import { readdirSync, readFileSync } from 'node:fs'

// What other processes used, as Linux tells in /proc.

/** The kernel counts in hundredths of a second for whoever reads /proc. */
const tick = 10

type Times = { name: string; parent: number; own: number; buried: number }

/** Milliseconds of processor time that a process has used. */
export const cpuOf = (pid: number): number => timesOf(pid)?.own ?? 0

/** The same of PostgreSQL: the postmaster, the backends that live, and those that ended. */
export function cpuOfServer(postmaster: number): number {
  const { own, buried } = timesOf(postmaster) ?? { own: 0, buried: 0 }
  const children = allPids().map(timesOf)
  return children.reduce((sum, child) => (child?.parent === postmaster ? sum + child.own : sum), own + buried)
}

/** The processes of that name that a process started, or those that it started. */
export function startedBy(ancestor: number, name: string): number[] {
  const all = allPids().map(pid => ({ pid, ...timesOf(pid) }))
  const below = (parent: number): typeof all =>
    all.filter(one => one.parent === parent).flatMap(one => [one, ...below(one.pid)])
  return below(ancestor).flatMap(one => (one.name === name ? [one.pid] : []))
}

const allPids = () =>
  readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)

/** The most memory that a process ever had, in bytes. */
export function peakOf(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return Number(kilobytes) * 1024
}

function timesOf(pid: number): Times | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // Behind the name, which may hold anything: state, parent, …, utime, stime, cutime, cstime (proc_pid_stat(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const at = (index: number) => Number(fields[index]) * tick
    const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'))
    return { name, parent: Number(fields[1]), own: at(11) + at(12), buried: at(13) + at(14) }
  } catch {
    return undefined
  }
}
