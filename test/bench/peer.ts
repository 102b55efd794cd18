import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { fetchPostfix } from '../support/postfix.ts'
import type { Sink } from '../support/sink.ts'
import type { SinkFigures } from '../support/smtp-sink.ts'

export type Load = { messages: number; bytes: number; connections: number }
export type Peer = { name: string; send(sink: Sink, load: Load): Promise<void> }

/** Octets of the headers that smtp-source writes before the length that it is told. */
const headers = 139

/**
 * Postfix's `smtp-source`: the one on the PATH, or from Debian's package, which is fetched into a folder. Where
 * neither is to be had it is Nodemailer, and why stands on stderr.
 */
export function findPeer(): Peer {
  const onPath = process.env.SMTP_SOURCE ?? 'smtp-source'
  if (!spawnSync(onPath).error) return smtpSource(onPath, {})
  const postfix = fetchPostfix()
  if ('root' in postfix) return smtpSource(join(postfix.root, 'usr/sbin/smtp-source'), postfix.env)
  console.error(`The peer is Nodemailer, since there is no smtp-source: ${postfix.missing}.`)
  return { name: 'nodemailer', send: runNodemailer }
}

/** Lets the peer send the same load into a sink; answers what the sink saw. */
export async function runPeer(peer: Peer, sink: Sink, load: Load): Promise<SinkFigures> {
  await sink.clear()
  await peer.send(sink, load)
  const figures = await sink.figures()
  if (figures.count !== load.messages)
    throw new Error(`of ${load.messages} messages of ${peer.name} ${figures.count} arrived`)
  await sink.clear()
  return figures
}

const smtpSource = (command: string, env: Record<string, string>): Peer => ({
  name: 'smtp-source',
  async send(sink, { messages, bytes, connections }) {
    const load = ['-s', `${connections}`, '-m', `${messages}`, '-l', `${Math.max(1, bytes - headers)}`]
    const mail = ['-f', 'news@bulletin.example', '-t', 'reader@one.example', `127.0.0.1:${sink.port}`]
    const child = spawn(command, ['-d', ...load, ...mail], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let said = ''
    child.stderr.on('data', chunk => (said += chunk))
    const [code] = await once(child, 'close')
    if (code !== 0) throw new Error(`smtp-source ended with ${code}: ${said}`)
  },
})

async function runNodemailer(sink: Sink, { messages, bytes, connections }: Load) {
  const body = Buffer.from(
    `Subject: load\r\n\r\n${'x'.repeat(70)}\r\n`.padEnd(bytes, `${'y'.repeat(70)}\r\n`),
  )
  // Nodemailer writes into the envelope that it is given.
  const envelope = () => ({ from: 'news@bulletin.example', to: ['reader@one.example'] })
  let left = messages
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = new SMTPConnection({ host: '127.0.0.1', port: sink.port, ignoreTLS: true })
      connection.connect()
      await once(connection, 'connect')
      while (left-- > 0)
        await new Promise<void>((resolve, reject) =>
          connection.send(envelope(), body, error => (error ? reject(error) : resolve())),
        )
      connection.quit()
    }),
  )
}
