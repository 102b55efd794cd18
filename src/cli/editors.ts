import { Command } from 'commander'
import { removeEditor } from '../actions/change-editor.ts'
import { inviteEditor } from '../actions/invite-editor.ts'
import { editorLink } from '../actions/sign-in.ts'
import { atTheCommandLine } from '../domain/access-event.ts'
import type { EmailAddress } from '../domain/email-address.ts'
import type { Role } from '../domain/roles.ts'
import { findEditorByAddress } from '../store/editors.ts'
import { addressOf, nameOf, roleOption } from './arguments.ts'
import { answering, command, Refusal } from './command.ts'

const invite = () =>
  command('invite', 'add an editor and mail them a link that signs them in')
    .argument('<email>', 'their address', addressOf)
    .addOption(roleOption())
    .option('--name <name>', 'their name', nameOf)
    .action(
      answering(async (services, address: EmailAddress, options: { role: Role; name?: string }) => {
        const { role, name = '' } = options
        const outcome = await inviteEditor(services, { address, name, role })
        if (outcome.kind === 'known')
          throw new Refusal(
            `${address.address} is an editor already; broadsheet editors link ${address.address} prints a link.`,
          )
        const { id, address: email } = outcome.editor
        return {
          text: `Invited ${email} as ${role}. The mail goes out as soon as serve, deliver or the Worker runs.`,
          data: { id, email, role },
        }
      }),
    )

const link = () =>
  command('link', 'print a link that signs an editor in, once, within 24 hours')
    .argument('<email>', 'their address', addressOf)
    .action(
      answering(async (services, address: EmailAddress) => {
        const url = await editorLink(services, address)
        if (!url)
          throw new Refusal(
            `${address.address} is no editor; broadsheet editors invite ${address.address} --role … makes one.`,
          )
        return { text: url, data: { email: address.address, link: url } }
      }),
    )

const remove = () =>
  command('remove', 'remove an editor; their sessions end at once')
    .argument('<email>', 'their address', addressOf)
    .action(
      answering(async (services, { address, key }: EmailAddress) => {
        const editor = await findEditorByAddress(services.db, key)
        if (!editor) throw new Refusal(`${address} is no editor.`)
        const outcome = await removeEditor(services, editor.id, atTheCommandLine)
        if (outcome.kind === 'last-owner')
          throw new Refusal(`${address} is the last owner. Make somebody else an owner first.`)
        return { text: `Removed ${editor.address}.`, data: { id: editor.id, email: editor.address } }
      }),
    )

export const editorsCommand = () =>
  new Command('editors')
    .description('who may sign in')
    .addCommand(invite())
    .addCommand(link())
    .addCommand(remove())
