import { parseArgs } from 'node:util'
import { benchSending } from './sending.ts'

// npm run bench -- [--recipients N] [--sizes 6,50] [--connections 20,50] [--dkim]
// One JSON line per figure: ours, the peer's, their ratio, from one run on one machine.

const { values } = parseArgs({
  options: {
    recipients: { type: 'string', default: '20000' },
    sizes: { type: 'string', default: '6,50' },
    connections: { type: 'string', default: '20,50' },
    dkim: { type: 'boolean', default: false },
  },
})
const numbers = (text: string) => text.split(',').map(Number)

for await (const figure of benchSending({
  recipients: Number(values.recipients),
  sizes: numbers(values.sizes),
  connections: numbers(values.connections),
  dkim: values.dkim,
}))
  console.log(JSON.stringify(figure))
