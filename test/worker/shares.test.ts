import { expect, test } from 'vitest'
import { sharesOf } from '../../src/worker/shares.ts'

test('batches have no more connections together than SMTP_CONNECTIONS, and few less; none has more than an invocation can', () => {
  for (let smtpConnections = 1; smtpConnections <= 1000; smtpConnections++) {
    const { batches, connections } = sharesOf({ smtpConnections, sendRate: undefined })
    expect(batches * connections).toBeLessThanOrEqual(smtpConnections)
    expect(batches * (connections + 1)).toBeGreaterThan(smtpConnections)
    expect(connections).toBeGreaterThan(0)
    expect(connections).toBeLessThanOrEqual(4)
  }
})

test.each([
  [1, { batches: 1, connections: 4 }],
  [10, { batches: 3, connections: 4 }],
  [1000, { batches: 100, connections: 4 }],
])('at %i messages a second no more batches go out than can use them', (sendRate, shares) => {
  expect(sharesOf({ smtpConnections: 400, sendRate })).toEqual(shares)
})
