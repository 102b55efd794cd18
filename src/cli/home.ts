import { homeOf, makeHome } from '../actions/home.ts'
import { answering, command } from './command.ts'

/** `broadsheet home`: whose database this is; `--claim` makes a copy the original. */
export const homeCommand = () =>
  command('home', 'say whose database this is')
    .option('--claim', 'make it the database of this PUBLIC_URL: from now on it sends')
    .action(
      answering(async (services, options: { claim?: boolean }) => {
        const { publicUrl } = services.config
        if (options.claim) await makeHome(services)
        const standing = await homeOf(services)
        return standing.kind === 'home'
          ? { text: `This is the database of ${publicUrl}.`, data: { home: publicUrl, copy: false } }
          : {
              text: `This is a copy of ${standing.of}: it sends nothing by SMTP. Make it the original with --claim, or keep it silent.`,
              data: { home: standing.of, copy: true },
            }
      }),
    )
