import { Agent, request } from 'node:http'

// Signs readers up over HTTP, in a process of its own so that it measures the server and not itself waiting.
// With `perSecond` it asks by the clock, whatever comes of earlier requests, and counts from when each was due; without
// one, each connection asks again as soon as it was answered. Told what to do as JSON, it answers on stdout.

export type LoadWish = {
  url: string
  body: string
  connections: number
  requests: number
  /** So many at the beginning are not timed: connections open, code is compiled. */
  lead?: number
  perSecond?: number
  /** The number of the first reader. */
  from: number
}
export type LoadReport = { ok: number; failed: number; seconds: number; p50: number; p99: number }

const wish: LoadWish = JSON.parse(process.argv[2]!)
const agent = new Agent({ keepAlive: true, maxSockets: wish.connections })
const times: number[] = []
let [asked, ok, failed] = [0, 0, 0]

async function ask(due: number) {
  const number = asked++
  const body = `email=reader${wish.from + number}%40one.example&${wish.body}`
  const status = await post(body).catch(() => 0)
  if (status === 200) ok++
  else failed++
  if (number >= (wish.lead ?? 0)) times.push(performance.now() - due)
}

const post = (body: string) =>
  new Promise<number>((resolve, reject) => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'content-length': Buffer.byteLength(body),
    }
    const sent = request(wish.url, { agent, method: 'POST', headers }, answer => {
      answer.resume()
      answer.on('end', () => resolve(answer.statusCode ?? 0))
    })
    sent.on('error', reject)
    sent.end(body)
  })

async function byTheClock(perSecond: number, began: number) {
  const open: Promise<void>[] = []
  while (asked < wish.requests) {
    const due = began + (asked * 1000) / perSecond
    const wait = due - performance.now()
    if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait))
    open.push(ask(due))
  }
  await Promise.all(open)
}

async function asFastAsItGoes() {
  while (asked < wish.requests) await ask(performance.now())
}

const began = performance.now()
await (wish.perSecond
  ? byTheClock(wish.perSecond, began)
  : Promise.all(Array.from({ length: wish.connections }, asFastAsItGoes)))
const seconds = (performance.now() - began) / 1000
times.sort((a, b) => a - b)
const at = (share: number) => times[Math.floor(times.length * share)] ?? 0
console.log(JSON.stringify({ ok, failed, seconds, p50: at(0.5), p99: at(0.99) } satisfies LoadReport))
agent.destroy()
