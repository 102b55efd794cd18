import { homeOf, makeHome } from '../actions/home.ts'
import { readPublication } from '../store/publication.ts'
import { answering, command, Refusal } from './command.ts'

/** `broadsheet home`: whose database this is; `--claim` makes a copy the original. */
export const homeCommand = () =>
  command('home', 'say whose database this is')
    .option('--claim', 'make it the database of this PUBLIC_URL: from now on it sends')
    .action(
      answering(async (services, options: { claim?: boolean }) => {
        const { publicUrl } = services.config
        if (options.claim && (await makeHome(services)) === 'loopback')
          throw new Refusal(
            `${publicUrl} is known to this machine alone. Set PUBLIC_URL to the address at which readers find it, and claim it then.`,
          )
        const standing = await homeOf(services)
        if (standing.kind === 'copy')
          return {
            text: `This is a copy of ${standing.of}: under ${publicUrl} it sends nothing by SMTP. Make it the original with --claim, or keep it silent.`,
            data: { home: standing.of, copy: true },
          }
        const { home } = await readPublication(services.db)
        return {
          text: home
            ? `This is the database of ${home}.`
            : 'This database belongs to no address yet: the first start under a public one decides.',
          data: { home, copy: false },
        }
      }),
    )
