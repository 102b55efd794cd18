import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { dispatchDigest } from '../actions/dispatch-digest.ts'
import { saveDigestInput } from '../actions/save-digest.ts'
import { digestInput } from '../domain/digest.ts'
import type { Finding } from '../domain/preflight/finding.ts'
import { inEnglish } from '../domain/words/findings.ts'
import { sayFault } from '../domain/words/schema-faults.ts'
import { findDigest } from '../store/digests.ts'
import { balanceOf } from '../store/dispatches.ts'
import { readPublication } from '../store/publication.ts'
import { localTimeOf, numberOf, timeOf } from './arguments.ts'
import { answering, command, Refusal } from './command.ts'

const sentBy = {
  smtp: 'A serve or deliver with SMTP_URL sends it.',
  mailbox: 'A serve or deliver without SMTP_URL puts it into the mailbox.',
}

const create = () =>
  command('create', 'create a draft from a file')
    .argument('<file>', 'JSON with subject, preheader, newsletters and blocks, as the API takes it')
    .action(
      answering(async (services, file: string) => {
        const reading = digestInput.safeParse(readJson(file), { error: sayFault })
        if (!reading.success) throw new Refusal(faultsOf(reading.error.issues))
        const outcome = await saveDigestInput(services, undefined, reading.data, {
          by: { kind: 'command-line' },
        })
        if (outcome.kind === 'refused') throw new Refusal(faultsOf(outcome.faults))
        if (outcome.kind !== 'saved') throw new Error(`a new digest can’t be ${outcome.kind}`)
        return { text: `Created digest ${outcome.id}.`, data: { id: outcome.id } }
      }),
    )

const send = () =>
  command('send', 'dispatch a digest; serve or deliver sends it')
    .argument('<id>', 'the digest’s number', numberOf)
    .option(
      '--at <time>',
      'an ISO time with its offset, such as 2026-12-01T06:30:00Z; absent: at once',
      timeOf,
    )
    .option(
      '--local <time>',
      'a time by each reader’s own clock, such as 2026-12-01T06:30, instead of --at',
      localTimeOf,
    )
    .option('--breaking', 'breaking news: it goes ahead of what is being sent')
    .action(
      answering(
        async (
          services,
          id: number,
          { at, local, breaking }: { at?: Date; local?: string; breaking?: boolean },
        ) => {
          if (at && local) throw new Refusal('Give one time: --at or --local.')
          const outcome = await dispatchDigest(services, id, {
            at,
            localTime: local,
            breaking,
            by: { kind: 'command-line' },
          })
          const { timeZone } = await readPublication(services.db)
          const say = (found: Finding) => `\n  ${inEnglish(found, timeZone).detail}`
          switch (outcome.kind) {
            case 'created':
            case 'same': {
              const { state, dueAt, localTime, transport } = outcome.dispatch
              const notes = outcome.warnings.map(say).join('')
              const warnings = outcome.warnings.map(found => inEnglish(found, timeZone))
              return {
                text: `Digest ${id} is ${state} for ${localTime ? `${localTime} by each reader’s clock` : dueAt.toISOString()}. ${sentBy[transport]}${notes}`,
                data: { id, state, at: dueAt.toISOString(), ...(localTime && { localTime }), warnings },
              }
            }
            case 'another-time':
              throw new Refusal(`Digest ${id} is dispatched for ${outcome.dispatch.dueAt.toISOString()}.`)
            case 'refused':
              throw new Refusal(`Digest ${id} can’t be sent:${outcome.errors.map(say).join('')}`)
            case 'not-found':
              throw new Refusal(`There is no digest ${id}.`)
          }
        },
      ),
    )

const balance = () =>
  command('balance', 'count what became of a digest')
    .argument('<id>', 'the digest’s number', numberOf)
    .action(
      answering(async ({ db }, id: number) => {
        const counted = await balanceOf(db, id)
        if (!counted && !(await findDigest(db, id))) throw new Refusal(`There is no digest ${id}.`)
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
          data: { id, state, ...counts },
        }
      }),
    )

export const digestsCommand = () =>
  new Command('digests')
    .description('digests: create, send, count')
    .addCommand(create())
    .addCommand(send())
    .addCommand(balance())

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
