import { createReadStream, existsSync } from 'node:fs'
import { basename } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { exportAsJson, exportSubscribers } from '../actions/export-subscribers.ts'
import { type ImportReport, importSubscribers } from '../actions/import-subscribers.ts'
import { noteUse } from '../actions/note-access.ts'
import type { Services } from '../actions/services.ts'
import { atTheCommandLine } from '../domain/access-event.ts'
import { CsvError, readCsv } from '../domain/subscriber-csv.ts'
import { findNewsletter } from '../store/newsletters.ts'
import { answering, command, Refusal, withInstallation } from './command.ts'
import { print } from './print.ts'

type ImportOptions = { newsletter: string; consent: string; dryRun?: boolean; update?: boolean }

const importCommand = () =>
  command('import', 'add readers from a CSV file; revives nobody who left or is suppressed')
    .argument('<file>', 'columns email and name; others are kept as attributes')
    .requiredOption('--newsletter <slug>', 'the newsletter they get')
    .requiredOption('--consent <text>', 'where their consent came from; kept as the proof', consentOf)
    .option('--dry-run', 'report, and write nothing')
    .option('--update', 'take names and attributes of readers who are there')
    .action(
      answering(async (services, file: string, options: ImportOptions) => {
        if (!existsSync(file)) throw new Refusal(`There is no file ${file}.`)
        const report = await importSubscribers(services, {
          newsletter: await newsletterOf(services, options.newsletter),
          consent: options.consent,
          source: basename(file),
          rows: readCsv(createReadStream(file)),
          mode: options.update ? 'update' : 'add',
          write: options.dryRun ? 'nothing' : 'all',
        }).catch(asRefusal)
        return { text: describe(report, options.dryRun === true), data: report }
      }),
    )

const exportCommand = () =>
  command('export', 'write readers to standard output, as CSV or, with --json, as a list')
    .option('--newsletter <slug>', 'only the active readers of this one')
    .action((options: { newsletter?: string; json?: boolean }) =>
      withInstallation(async ({ services }) => {
        const newsletter =
          options.newsletter === undefined ? undefined : await newsletterOf(services, options.newsletter)
        const which = newsletter ? { newsletter: newsletter.name } : {}
        await noteUse(services, { kind: 'readers-exported', ...which }, atTheCommandLine)
        const parts = (options.json ? exportAsJson : exportSubscribers)(services.db, newsletter)
        for await (const part of parts) if (!(await print(part))) return
      }),
    )

export const subscribersCommand = () =>
  new Command('subscribers')
    .description('readers: import and export')
    .addCommand(importCommand())
    .addCommand(exportCommand())

function consentOf(text: string): string {
  if (text.trim() !== '') return text.trim()
  throw new InvalidArgumentError('It must say where the consent came from.')
}

async function newsletterOf({ db }: Services, slug: string) {
  const newsletter = await findNewsletter(db, slug)
  if (!newsletter) throw new Refusal(`There is no newsletter ${slug}.`)
  return newsletter
}

function asRefusal(error: unknown): never {
  throw error instanceof CsvError ? new Refusal(error.message) : error
}

const shown = 20

function describe(report: ImportReport, tried: boolean): string {
  const refused = report.refused.slice(0, shown).map(({ row, reason }) => `  row ${row}: ${reason}`)
  const more = report.refused.length - refused.length
  return [
    `${tried ? 'A try; nothing was written. ' : ''}${report.rows} rows: ${report.added} added, ${report.already} there before, ${report.updated} updated, ${report.refused.length} refused.`,
    ...refused,
    ...(more > 0 ? [`  and ${more} more; --json names them all`] : []),
  ].join('\n')
}
