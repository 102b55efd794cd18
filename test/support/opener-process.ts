import { createInterface } from 'node:readline'
import { openEmbedded } from '../../src/store/embedded/open.ts'

// A process that opens the embedded database of the folder it is given, says how that went, and closes it
// when told to. It has no signal handlers: Ctrl-C ends it at once.
const say = (message: object) => process.stdout.write(`${JSON.stringify(message)}\n`)

try {
  const database = await openEmbedded({ dataDir: process.argv[2] ?? '' })
  say({ url: database.url })
  for await (const line of createInterface(process.stdin)) {
    if (line !== 'close') continue
    await database.close()
    say({ closed: true })
    break
  }
} catch (error) {
  const { name, message } = error as Error
  say({ refused: { name, message } })
}
