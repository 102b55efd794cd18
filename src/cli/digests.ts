import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { dispatchDigest } from '../actions/dispatch-digest.ts'
import { saveDigestInput } from '../actions/save-digest.ts'
import { digestInput } from '../domain/digest.ts'
import { findDigest } from '../store/digests.ts'
import { balanceOf } from '../store/dispatches.ts'
import { answering, command, Refusal } from './command.ts'

const create = () =>
  command('create', 'create a draft from a file')
    .argument('<file>', 'JSON with subject, preheader, newsletters and blocks, as the API takes it')
    .action(
      answering(async ({ db }, file: string) => {
        const reading = digestInput.safeParse(readJson(file))
        if (!reading.success) throw new Refusal(faultsOf(reading.error.issues))
        const outcome = await saveDigestInput(db, undefined, reading.data)
        if (outcome.kind === 'refused') throw new Refusal(faultsOf(outcome.faults))
        if (outcome.kind !== 'saved') throw new Error(`a new digest can’t be ${outcome.kind}`)
        return { text: `Created digest ${outcome.id}.`, data: { id: outcome.id } }
      }),
    )

const send = () =>
  command('send', 'dispatch a digest; serve or deliver sends it')
    .argument('<id>', 'the digest’s number')
    .option('--at <time>', 'an ISO time with its offset, such as 2026-12-01T06:30:00Z; absent: at once')
    .action(
      answering(async (services, id: string, options: { at?: string }) => {
        const at = options.at === undefined ? undefined : new Date(options.at)
        if (at && Number.isNaN(at.getTime())) throw new Refusal(`--at: ${options.at} is not an ISO time`)
        const outcome = await dispatchDigest(services, numberOf(id), { at })
        switch (outcome.kind) {
          case 'created':
          case 'same': {
            const { state, dueAt } = outcome.dispatch
            const notes = outcome.warnings.map(warning => `\n  note: ${JSON.stringify(warning)}`).join('')
            return {
              text: `Digest ${id} is ${state} for ${dueAt.toISOString()}. A running serve or deliver sends it.${notes}`,
              data: { id: Number(id), state, at: dueAt.toISOString(), warnings: outcome.warnings },
            }
          }
          case 'another-time':
            throw new Refusal(`Digest ${id} is dispatched for ${outcome.dispatch.dueAt.toISOString()}.`)
          case 'refused':
            throw new Refusal(
              `Digest ${id} can’t be sent:\n${outcome.errors.map(error => `  ${JSON.stringify(error)}`).join('\n')}`,
            )
          case 'not-found':
            throw new Refusal(`There is no digest ${id}.`)
        }
      }),
    )

const balance = () =>
  command('balance', 'count what became of a digest')
    .argument('<id>', 'the digest’s number')
    .action(
      answering(async ({ db }, id: string) => {
        const counted = await balanceOf(db, numberOf(id))
        if (!counted && !(await findDigest(db, numberOf(id)))) throw new Refusal(`There is no digest ${id}.`)
        const { state, ...counts } = counted ?? {
          state: 'draft',
          intended: 0,
          sent: 0,
          failed: 0,
          suppressed: 0,
          unknown: 0,
          pending: 0,
        }
        const lines = Object.entries(counts).map(
          ([name, count]) => `  ${name.padEnd(12)}${String(count).padStart(9)}`,
        )
        return {
          text: [`Digest ${id} is ${state}.`, ...lines].join('\n'),
          data: { id: Number(id), state, ...counts },
        }
      }),
    )

export const digestsCommand = () =>
  new Command('digests')
    .description('digests: create, send, count')
    .addCommand(create())
    .addCommand(send())
    .addCommand(balance())

function numberOf(text: string): number {
  if (/^[1-9]\d{0,14}$/.test(text)) return Number(text)
  throw new Refusal(`${text} is not a digest’s number.`)
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw new Refusal(
      missing ? `There is no file ${file}.` : `${file} is not JSON: ${(error as Error).message}`,
    )
  }
}

const faultsOf = (faults: readonly { path: readonly PropertyKey[]; message: string }[]) =>
  faults.map(fault => `${fault.path.map(String).join('.') || 'the file'}: ${fault.message}`).join('\n')
