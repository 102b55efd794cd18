/** A command's answer in words, and the same for programs. */
export type Answer = { text: string; data: unknown }

/**
 * Writes to standard output, and waits where the reader is slower. Answers false when nobody reads any more (`| head`):
 * that is no fault, and there is nothing more to say.
 */
export async function print(text: string): Promise<boolean> {
  const { stdout } = process
  if (stdout.destroyed) return false
  if (stdout.write(text)) return true
  return new Promise(resolve => {
    stdout.once('drain', () => resolve(true))
    stdout.once('close', () => resolve(false))
  })
}

/** How a command speaks: one `answer`, in words or with `--json` in JSON, and what it says beside, in words only. */
export const speaker = ({ json = false }: { json?: boolean }) => ({
  answer: ({ text, data }: Answer) => print(`${json ? JSON.stringify(data) : text}\n`),
  say: async (text: string) => json || (await print(`${text}\n`)),
})

/** A reader of our output who goes away must not end the process: a server goes on, a command ends by itself. */
export function outliveReaders() {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
    })
}
