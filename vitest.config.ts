import { defineConfig } from 'vitest/config'

/** What lives in one process and cleans up behind itself: its files share the modules, which halves their time. */
const together = [
  'admin',
  'api',
  'browser',
  'domain',
  'import',
  'mail',
  'mailbox',
  'newsroom',
  'notices',
  'pictures',
  'plans',
  'preflight',
  'reader',
  'sample',
  'sending',
  'site',
  'stories',
]

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'hono/jsx' } },
  test: {
    globalSetup: ['test/support/cluster.ts'],
    setupFiles: ['test/support/setup.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    pool: 'forks',
    // Many tests wait, for a server that keeps silent or a process that starts: 3 keep two cores busy.
    maxWorkers: 3,
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: together.map(room => `test/${room}/**/*.test.{ts,tsx}`),
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'apart',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/runtimes/**', ...together.map(room => `test/${room}/**`)],
        },
      },
    ],
  },
})
