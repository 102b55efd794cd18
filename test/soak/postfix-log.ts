/** What Postfix wrote of one message: its identity, and what became of it with each recipient. */
export type Passage = {
  messageId: string
  outcomes: { to: string; status: 'sent' | 'deferred' | 'bounced'; reply: string }[]
}

const identity = /postfix\/cleanup\[\d+\]: (\w+): message-id=(\S+)$/
const outcome = /postfix\/smtp\[\d+\]: (\w+): to=<([^>]+)>,.* status=(sent|deferred|bounced) \((.*)\)$/

/** Reads Postfix's log; answers the messages by the name that each has in its queue, in the order in which they came. */
export function readPassages(log: string): Passage[] {
  const passages = new Map<string, Passage>()
  for (const line of log.split('\n')) {
    const [, id, messageId] = identity.exec(line) ?? []
    if (id && messageId) passages.set(id, { messageId, outcomes: [] })
    const [, of, to, status, reply] = outcome.exec(line) ?? []
    if (of && to && reply !== undefined)
      passages.get(of)?.outcomes.push({ to, status: status as 'sent', reply })
  }
  return [...passages.values()]
}
