import { Command } from 'commander'
import { createKey } from '../actions/create-key.ts'
import { answering, command, Refusal } from './command.ts'
import { roleOf } from './role.ts'

const create = () =>
  command('create', 'make a key of the API; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .requiredOption('--role <role>', 'owner, editor or writer')
    .option('--expires <date>', 'an ISO date; absent: until it is revoked')
    .action(
      answering(async (services, options: { name: string; role: string; expires?: string }) => {
        const { name, expires } = options
        const role = roleOf(options.role)
        if (name.trim() === '' || name.length > 200 || /\p{Cc}/u.test(name))
          throw new Refusal('--name is one line of 1 to 200 characters')
        const expiresAt = expires === undefined ? undefined : new Date(expires)
        if (expiresAt && !(expiresAt.getTime() > Date.now()))
          throw new Refusal('--expires is an ISO date in the future')
        const { id, key } = await createKey(services, { name: name.trim(), role, expiresAt })
        return { text: key, data: { id, name: name.trim(), role, key } }
      }),
    )

export const keysCommand = () => new Command('keys').description('keys of the API').addCommand(create())
