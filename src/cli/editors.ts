import { Command } from 'commander'
import { inviteEditor } from '../actions/invite-editor.ts'
import { editorLink } from '../actions/sign-in.ts'
import { type EmailAddress, parseEmailAddress } from '../domain/email-address.ts'
import { deleteEditor, findEditorByAddress } from '../store/editors.ts'
import { answering, command, Refusal } from './command.ts'
import { roleOf } from './role.ts'

const invite = () =>
  command('invite', 'add an editor and mail them a link that signs them in')
    .argument('<email>')
    .requiredOption('--role <role>', 'owner, editor or writer')
    .option('--name <name>', 'their name', '')
    .action(
      answering(async (services, email: string, options: { role: string; name: string }) => {
        const role = roleOf(options.role)
        if (options.name.length > 200 || /\p{Cc}/u.test(options.name))
          throw new Refusal('--name is one line of at most 200 characters')
        const outcome = await inviteEditor(services, {
          address: addressOf(email),
          name: options.name.trim(),
          role,
        })
        if (outcome.kind === 'known')
          throw new Refusal(`${email} is an editor already; broadsheet editors link ${email} prints a link.`)
        const { id, address } = outcome.editor
        return {
          text: `Invited ${address} as ${role}. The mail goes out as soon as serve or deliver runs.`,
          data: { id, email: address, role },
        }
      }),
    )

const link = () =>
  command('link', 'print a link that signs an editor in, once, within 24 hours')
    .argument('<email>')
    .action(
      answering(async (services, email: string) => {
        const url = await editorLink(services, addressOf(email))
        if (!url)
          throw new Refusal(`${email} is no editor; broadsheet editors invite ${email} --role … makes one.`)
        return { text: url, data: { email, link: url } }
      }),
    )

const remove = () =>
  command('remove', 'remove an editor; their sessions end at once')
    .argument('<email>')
    .action(
      answering(async ({ db }, email: string) => {
        const editor = await findEditorByAddress(db, addressOf(email).key)
        if (!editor) throw new Refusal(`${email} is no editor.`)
        const outcome = await deleteEditor(db, editor.id)
        if (outcome.kind === 'last-owner')
          throw new Refusal(`${email} is the last owner. Make somebody else an owner first.`)
        return { text: `Removed ${editor.address}.`, data: { id: editor.id, email: editor.address } }
      }),
    )

export const editorsCommand = () =>
  new Command('editors')
    .description('who may sign in')
    .addCommand(invite())
    .addCommand(link())
    .addCommand(remove())

function addressOf(text: string): EmailAddress {
  const reading = parseEmailAddress(text)
  if (reading.kind === 'refused') throw new Refusal(`${text} is not an e-mail address.`)
  return reading.address
}
