import { once } from 'node:events'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { startSink } from '../support/sink.ts'

const envelope = 'EHLO me\r\nMAIL FROM:<news@bulletin.example>\r\nRCPT TO:<ana@one.example>\r\nDATA\r\n'
const message = 'Subject: cut\r\nMessage-Id: <1@bulletin.example>\r\n\r\nA line\r\n..\r\nand more.\r\n'

test.each([1, 2, 3, 4, 5, 7, 1000])('the sink finds a message that comes in pieces of %i', async size => {
  const sink = await startSink({ keep: 1 })
  const socket = connect(sink.port, '127.0.0.1').setNoDelay(true)
  let said = ''
  socket.on('data', chunk => (said += chunk))
  const says = async (text: string) => {
    while (!said.includes(text)) await once(socket, 'data')
  }
  socket.write(envelope)
  await says('354')
  const body = `${message}.\r\nQUIT\r\n`
  for (let at = 0; at < body.length; at += size)
    await new Promise<void>(written =>
      socket.write(body.slice(at, at + size), () => setImmediate(() => written())),
    )
  await once(socket, 'end')
  expect(said.match(/^250 2.0.0 taken/gm)).toHaveLength(1)
  expect(await sink.records()).toMatchObject([{ to: 'ana@one.example', messageId: '<1@bulletin.example>' }])
  expect(await sink.messages()).toEqual([`${message}.\r\n`])
  expect((await sink.figures()).bytes).toBe(message.length)
  await sink.close()
})
