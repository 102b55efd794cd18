import { createSocket } from 'node:dgram'
import { onTestFinished } from 'vitest'

/** TXT records by name, each as its strings; `silence` and `refused` are answers too. */
type Zone = Record<string, string[][] | 'silence' | 'refused'>

export type DnsServer = {
  /** `127.0.0.1:5353`, as a resolver takes it. */
  address: string
  /** The names that were asked for. */
  asked: string[]
}

/** A real name server on loopback over UDP (RFC 1035), for one test. A name that it does not have does not exist. */
export async function dnsServer(zone: Zone): Promise<DnsServer> {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query, from) => {
    const { name, end } = nameIn(query)
    asked.push(name)
    const held = zone[name.toLowerCase()]
    if (held === 'silence') return
    const records = Array.isArray(held) ? held : []
    const status = held === 'refused' ? 5 : held ? 0 : 3
    const header = Buffer.alloc(12)
    query.copy(header, 0, 0, 2)
    header.writeUInt16BE(0x8180 | status, 2)
    header.writeUInt16BE(1, 4)
    header.writeUInt16BE(records.length, 6)
    const question = query.subarray(12, end + 4)
    socket.send(Buffer.concat([header, question, ...records.map(txtRecord)]), from.port, from.address)
  })
  await new Promise<void>(bound => socket.bind(0, '127.0.0.1', bound))
  onTestFinished(() => new Promise<void>(closed => socket.close(() => closed())))
  return { address: `127.0.0.1:${socket.address().port}`, asked }
}

function nameIn(query: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = query[at]!; length; length = query[at]!) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length))
    at += length + 1
  }
  return { name: labels.join('.'), end: at + 1 }
}

/** The name is that of the question (RFC 1035 4.1.4); type TXT, class IN, good for a minute. */
function txtRecord(strings: readonly string[]): Buffer {
  const data = Buffer.concat(strings.map(text => Buffer.from([text.length, ...Buffer.from(text, 'latin1')])))
  const head = Buffer.from([0xc0, 12, 0, 16, 0, 1, 0, 0, 0, 60, 0, 0])
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}
