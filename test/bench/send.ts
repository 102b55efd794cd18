import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { certificate } from '../support/certificate.ts'
import { startSink } from '../support/sink.ts'
import { addAudience, addBenchDigest, openBenchRoom } from './bench-room.ts'
import { type Figure, figuresOf } from './figures.ts'
import { dkimEnv, sendMeasured } from './measured-send.ts'
import { type MessageSize, parseSize } from './message-of-size.ts'
import type { Options } from './options.ts'
import { findPeer, runPeer } from './peer.ts'

/** Sending with the ledger on and every message personalised, beside a peer that sends ready bytes into the same sink. */
export async function* benchSend(options: Options): AsyncGenerator<Figure> {
  const { dkim, tls, short } = options
  const recipients = options.recipients ?? 50_000
  const sizes = (options.sizes ?? (short ? ['6'] : ['6', '50', 'sample'])).map(parseSize)
  const peer = findPeer()
  await using opened = new AsyncDisposableStack()
  const bench = await openBenchRoom({ tls })
  opened.defer(bench.close)
  // smtp-source speaks no TLS.
  const plain = tls ? await startSink() : bench.sink
  if (tls) opened.defer(plain.close)
  const trust = tls ? trustedCertificate() : undefined
  if (trust) opened.defer(trust.remove)
  const env = { ...(dkim && dkimEnv()), ...trust?.env }
  const newsletter = await addAudience(bench.room, recipients)

  for (const size of sizes)
    for (const connections of options.connections ?? (short ? [20] : [20, 50])) {
      const digestId = await addBenchDigest(bench.room, newsletter, size)
      const ours = await sendMeasured(bench, { digestId, recipients, connections, env })
      const bytes = Math.round(ours.sink.bytes / recipients)
      const theirs = await runPeer(peer, plain, { messages: recipients, bytes, connections })
      yield {
        figure: `send${dkim ? ' with DKIM' : ''}${tls ? ' over TLS' : ''}, ${nameOf(size)}, ${connections} connections`,
        ...figuresOf(ours, theirs, tls ? `${peer.name} without TLS` : peer.name),
        recipients,
        ...bench.durability,
      }
    }
}

const nameOf = (size: MessageSize) => (size === 'sample' ? 'the sample digest' : `${size / 1000} KB`)

function trustedCertificate() {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-bench-'))
  const path = join(folder, 'certificate.pem')
  writeFileSync(path, certificate.cert)
  return { env: { NODE_EXTRA_CA_CERTS: path }, remove: () => rmSync(folder, { recursive: true }) }
}
