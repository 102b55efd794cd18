import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import type { Sink } from '../support/sink.ts'

type Load = { messages: number; bytes: number; connections: number }

/** Sends the same load by Postfix's `smtp-source` (SMTP_SOURCE names it where it is not on the PATH), else by Nodemailer. */
export async function runPeer(sink: Sink, load: Load): Promise<{ peer: string; perSecond: number }> {
  await sink.clear()
  const peer = runSmtpSource(sink, load) ? 'smtp-source' : 'nodemailer'
  if (peer === 'nodemailer') await runNodemailer(sink, load)
  return { peer, perSecond: ((await sink.count()) / (await sink.span())) * 1000 }
}

function runSmtpSource(sink: Sink, { messages, bytes, connections }: Load): boolean {
  const command = process.env.SMTP_SOURCE ?? 'smtp-source'
  const to = ['-f', 'news@bulletin.example', '-t', 'reader@one.example', `127.0.0.1:${sink.port}`]
  const { error, status, stderr } = spawnSync(
    command,
    ['-d', '-s', `${connections}`, '-m', `${messages}`, '-l', `${bytes}`, ...to],
    { encoding: 'utf8' },
  )
  if (error && 'code' in error && error.code === 'ENOENT') return false
  if (status !== 0) throw new Error(`smtp-source ended with ${status}: ${stderr}`)
  return true
}

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
