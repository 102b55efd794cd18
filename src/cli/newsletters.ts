import { Command, Option } from 'commander'
import { createNewsletter } from '../actions/save-newsletter.ts'
import { atTheCommandLine } from '../domain/access-event.ts'
import { languages } from '../domain/languages.ts'
import { cadences, newsletterInput } from '../domain/newsletter.ts'
import { readPublication } from '../store/publication.ts'
import { answering, command, Refusal } from './command.ts'

type Options = {
  name: string
  description?: string
  cadence?: string
  schedule?: string
  senderName?: string
  senderAddress?: string
  language?: string
  timeZone?: string
  advertising?: boolean
}

const add = () =>
  command('add', 'add a newsletter')
    .argument('<slug>', 'its name in addresses, such as morning-brief')
    .requiredOption('--name <name>', 'its name for readers')
    .option('--description <text>', 'one sentence')
    .addOption(new Option('--cadence <cadence>', 'how often it comes').choices(cadences))
    .option('--schedule <text>', 'when it comes, in words, such as "Weekdays, 6:30"')
    .option('--sender-name <name>', 'absent: the publication’s')
    .option('--sender-address <address>', 'absent: the publication’s')
    .addOption(new Option('--language <language>', 'absent: the publication’s').choices(languages))
    .option('--time-zone <zone>', 'such as Europe/London; absent: the publication’s')
    .option('--advertising', 'it carries advertising')
    .action(
      answering(async (services, slug: string, { advertising, ...options }: Options) => {
        const reading = newsletterInput.safeParse({
          ...options,
          slug,
          carriesAdvertising: advertising ?? false,
        })
        if (!reading.success) throw new Refusal(reading.error.issues.map(sayFault).join('\n'))
        const input = reading.data
        const { language, timeZone } = await readPublication(services.db)
        const values = {
          ...input,
          language: input.language ?? language,
          timeZone: input.timeZone ?? timeZone,
        }
        const newsletter = await createNewsletter(services, values, atTheCommandLine)
        if (!newsletter) throw new Refusal(`There is a newsletter ${slug} already.`)
        return { text: `Added ${newsletter.name}.`, data: { id: newsletter.id, slug, name: newsletter.name } }
      }),
    )

// The slug is an argument, all else an option of the field's name.
function sayFault({ path, message }: { path: PropertyKey[]; message: string }): string {
  const field = String(path[0])
  const option = `--${field.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
  return `${field === 'slug' ? 'The slug' : option} ${message}.`
}

export const newslettersCommand = () =>
  new Command('newsletters').description('newsletters of the publication').addCommand(add())
