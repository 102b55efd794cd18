import { misused } from '../support/script-arguments.ts'
import { benchAdmin } from './admin.ts'
import { benchFar } from './far.ts'
import { checkFigure, type Figure } from './figures.ts'
import { benchImport } from './import.ts'
import { type Options, parseOptions } from './options.ts'
import { benchScale } from './scale.ts'
import { benchSend } from './send.ts'
import { benchSignUp } from './signup.ts'
import { simulationTables } from './simulation/tables.ts'
import { benchStart } from './start.ts'
import { benchWorker } from './worker.ts'

const usage = `npm run bench -- send [--recipients 50000] [--sizes 6,50,sample] [--connections 20,50] [--dkim] [--tls]
npm run bench -- far [--connections 20,200,500]
npm run bench -- scale [--sizes 10000,100000,1000000] [--connections 50]
npm run bench -- import [--recipients 500000]
npm run bench -- signup [--recipients 40000] [--connections 50]
npm run bench -- start
npm run bench -- admin [--recipients 1000000]
npm run bench -- worker [--recipients 3000] [--sizes sample] [--connections 4]
npm run bench -- simulate
One JSON line per figure: ours, the peer’s, their ratio, from one run on one machine. --short shows that it runs.
\`simulate\` measures nothing: it prints the tables of SCALE.md from simulation/inputs.ts.`

const benches: Record<string, (options: Options) => AsyncGenerator<Figure>> = {
  send: benchSend,
  far: benchFar,
  scale: benchScale,
  import: benchImport,
  signup: benchSignUp,
  start: benchStart,
  admin: benchAdmin,
  worker: benchWorker,
}

const { bench, options } = parseOptions(usage)
if (bench === 'simulate') console.log(simulationTables().join('\n\n'))
else await measure()

async function measure() {
  const run = benches[bench]
  if (!run)
    return misused(`there is no bench ${bench}: it is one of ${Object.keys(benches).join(', ')}, simulate`)
  for await (const figure of run(options)) console.log(JSON.stringify(checkFigure(figure)))
}
