import { Command } from 'commander'
import { createKey } from '../actions/create-key.ts'
import type { Role } from '../domain/roles.ts'
import { futureOf, nameOf, roleOption } from './arguments.ts'
import { answering, command } from './command.ts'

type Options = { name: string; role: Role; expires?: Date }

const create = () =>
  command('create', 'make a key of the API; it is shown once')
    .requiredOption('--name <name>', 'what it is for', nameOf)
    .addOption(roleOption())
    .option('--expires <date>', 'an ISO date; absent: until it is revoked', futureOf)
    .action(
      answering(async (services, { name, role, expires }: Options) => {
        const { id, key } = await createKey(services, { name, role, expiresAt: expires })
        return { text: key, data: { id, name, role, key } }
      }),
    )

export const keysCommand = () => new Command('keys').description('keys of the API').addCommand(create())
