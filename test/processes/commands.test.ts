import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, inject, test } from 'vitest'
import { addArticle } from '../../src/store/articles.ts'
import { openDatabase, openRaw } from '../../src/store/client.ts'
import { addEditor } from '../../src/store/editors.ts'
import { ensurePartition } from '../../src/store/ledger.ts'
import { freshDatabase } from '../support/database.ts'
import { broadsheet, runBroadsheet } from '../support/server.ts'
import { until } from '../support/until.ts'

// Every command as a person or a program calls it: what it prints, where, and what it ends with.

const database = await freshDatabase()
const { db, close } = openDatabase(database.url, { connections: 2 })
const raw = openRaw(database.url, { connections: 1 })
afterAll(async () => {
  await Promise.all([close(), raw.end()])
  await database.drop()
})
const folder = mkdtempSync(join(inject('runFolder'), 'commands-'))
const env = { DATABASE_URL: database.url, SMTP_URL: 'mailbox:', DATA_DIR: join(folder, '.data') }

function file(name: string, content: string): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const run = (...args: string[]) => runBroadsheet(args, env)

/** Its answer as JSON, which stands on standard output alone. */
async function answer(...args: string[]) {
  const { code, stdout, stderr } = await run(...args, '--json')
  expect([code, stderr]).toEqual([0, ''])
  return JSON.parse(stdout)
}

/** Its answer in words. */
async function words(...args: string[]) {
  const { code, stdout, stderr } = await run(...args)
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

test('newsletters, editors and keys are added, and removed', async () => {
  expect(await answer('newsletters', 'add', 'morning-brief', '--name', 'Morning Brief')).toEqual({
    id: 1,
    slug: 'morning-brief',
    name: 'Morning Brief',
  })
  expect(
    await words('newsletters', 'add', 'daily', '--name', 'Täglich', '--cadence', 'daily', '--language', 'de'),
  ).toBe('Added Täglich.\n')
  expect(await answer('editors', 'invite', 'Bo@EXAMPLE.com', '--role', 'writer', '--name', 'Bo')).toEqual({
    id: expect.any(Number),
    email: 'Bo@example.com',
    role: 'writer',
  })
  expect(await answer('editors', 'link', 'bo@example.com')).toEqual({
    email: 'bo@example.com',
    link: expect.stringMatching(/^http:\/\/localhost:3000\/admin\/sign-in\/[\w-]{43}$/),
  })
  expect(await answer('editors', 'remove', 'bo@example.com')).toMatchObject({ email: 'Bo@example.com' })
  expect(await words('keys', 'create', '--name', 'site', '--role', 'editor')).toMatch(/^bs_[\w-]{20,}\n$/)
  expect(
    await answer('keys', 'create', '--name', 'site', '--role', 'writer', '--expires', '2999-01-01'),
  ).toEqual({ id: 2, name: 'site', role: 'writer', key: expect.stringMatching(/^bs_[\w-]{20,}$/) })
})

test('readers go in and come out', async () => {
  const readers = file('readers.csv', 'Email;Name;City\nana@example.com;Ana;Łódź\nnobody;;\n')
  const asked = ['--newsletter', 'morning-brief', '--consent', 'the fair in May']
  expect(await answer('subscribers', 'import', readers, ...asked, '--dry-run')).toMatchObject({
    rows: 2,
    added: 1,
  })
  expect(await words('subscribers', 'import', readers, ...asked)).toBe(
    '2 rows: 1 added, 0 there before, 0 updated, 1 refused.\n  row 3: the address has no @\n',
  )
  expect(await words('subscribers', 'export')).toBe(
    'email,name,newsletters,city\r\nana@example.com,Ana,morning-brief,Łódź\r\n',
  )
  expect(await answer('subscribers', 'export', '--newsletter', 'morning-brief')).toEqual([
    {
      email: 'ana@example.com',
      name: 'Ana',
      newsletters: ['morning-brief'],
      attributes: { city: 'Łódź' },
      tags: [],
    },
  ])
})

test('a digest is created, dispatched and counted', async () => {
  const article = await addArticle(db, { title: 'A story', url: 'https://example.com/a', kind: 'editorial' })
  const digest = file(
    'digest.json',
    JSON.stringify({
      subject: 'Today',
      preheader: 'What matters',
      newsletters: ['morning-brief'],
      blocks: [{ type: 'article', articleId: article.id }],
    }),
  )
  expect(await answer('digests', 'create', digest)).toEqual({ id: 1 })
  expect(await words('digests', 'balance', '1')).toMatch(/^Digest 1 is draft\.\n {2}intended +0\n/)
  const sent = await words('digests', 'send', '1', '--at', '2999-01-01T06:30:00+01:00', '--breaking')
  expect(sent).toBe(
    [
      'Digest 1 is scheduled for 2999-01-01T05:30:00.000Z. A serve or deliver without SMTP_URL puts it into the mailbox.',
      '  The publication has no postal address, which every mail must carry. Set it in the settings.\n',
    ].join('\n'),
  )
  expect(await raw`select breaking from dispatches`).toEqual([{ breaking: true }])
  expect(await answer('digests', 'send', '1', '--at', '2999-01-01T05:30:00Z')).toEqual({
    id: 1,
    state: 'scheduled',
    at: '2999-01-01T05:30:00.000Z',
    warnings: [
      {
        code: 'postal-address-missing',
        detail: 'The publication has no postal address, which every mail must carry. Set it in the settings.',
      },
    ],
  })
  expect(await answer('digests', 'balance', '1')).toEqual({
    ...{ id: 1, state: 'scheduled', intended: 0, sent: 0, failed: 0, suppressed: 0, unknown: 0, pending: 0 },
  })
})

test('a digest that nobody approved of is not sent, whenever it is to go: the reason is said, and nothing is written', async () => {
  await answer('newsletters', 'add', 'checked', '--name', 'Checked')
  await raw`update newsletters set needs_approval = true where slug = 'checked'`
  const { id } = await answer(
    ...['digests', 'create'],
    file(
      'checked.json',
      JSON.stringify({
        subject: 'Checked',
        newsletters: ['checked'],
        blocks: [{ type: 'article', articleId: 1 }],
      }),
    ),
  )
  const send = ['digests', 'send', String(id)]
  const expectRefused = async (said: RegExp, ways: string[][] = [[]]) => {
    const before = await everything()
    for (const how of ways) {
      const { code, stdout, stderr } = await run(...send, ...how)
      expect([how, code, stdout]).toEqual([how, 1, ''])
      expect(stderr).toMatch(said)
    }
    expect(await everything()).toEqual(before)
    expect((await answer('digests', 'balance', String(id))).state).toBe('draft')
  }
  await expectRefused(
    /^Digest \d+ can’t be sent:\n {2}Checked goes out only with a second person’s approval, .* Ask for it\.\n$/,
    [[], ['--json'], ['--at', '2999-01-01T06:30:00Z'], ['--local', '2999-01-01T06:30']],
  )
  await raw`insert into approvals (digest_id, hash, proposal) values (${id}, ${'0'.repeat(64)}, '{"when": {"kind": "now"}}')`
  await expectRefused(/approval, which is asked for and not given yet\.\n$/)
  await raw`update approvals set state = 'approved', decided_at = now()`
  // An approval of something else is none.
  await expectRefused(/Ask for it\.\n$/)
})

/** All rows of all tables. */
const everything = () =>
  raw`select table_name, query_to_xml(format('select * from %I', table_name), false, false, '')::text as rows
    from information_schema.tables where table_schema = 'public' order by table_name`

test('whose database it is, and how it is', async () => {
  expect(await answer('migrate')).toEqual({ applied: 0 })
  expect(await answer('home')).toEqual({ home: null, copy: false })
  await raw`update dispatches set state = 'sending', transport = 'smtp', due_at = now() - interval '1 millisecond', started_at = now(),
    active_at = now() - interval '1 hour'`
  expect(await words('doctor')).toContain(
    'look  sending   digest 1 should be on the way; does a serve or deliver with SMTP_URL run?\n',
  )
  await ensurePartition(db, 1)
  await raw`insert into deliveries (dispatch_id, subscriber_id, newsletter_id, batch_id, state)
    select id, 1, 1, 1, 'sent' from dispatches`
  const sick = await run('doctor', '--json')
  expect([sick.code, JSON.parse(sick.stdout).ok]).toEqual([1, false])
  expect(sick.stdout).toContain('counters and rows differ for digest 1')
})

test('what can’t be done is refused in a sentence on standard error, with 1', async () => {
  await addEditor(db, {
    address: 'owner@example.com',
    addressKey: 'owner@example.com',
    name: '',
    role: 'owner',
  })
  const bad = file('bad.json', '{"subject": 1, "blocks": [{"type": "heading", "text": ""}]}')
  const binary = file('binary.csv', 'PK\u0003\u0000\u001b[2J\u009b31m"\u0007\n')
  const table = file('table.csv', 'name;city\nAna;Ulm\n')
  const cases: [args: string[], said: RegExp][] = [
    [['newsletters', 'add', 'daily', '--name', 'Daily'], /^There is a newsletter daily already\.\n$/],
    [
      ['newsletters', 'add', 'Not A Slug', '--name', '', '--sender-address', 'x'],
      /^The slug must .*\n--name must not be empty\.\n--sender-address must be an e-mail address\.\n$/,
    ],
    [
      ['editors', 'invite', 'owner@example.com', '--role', 'owner'],
      /is an editor already; broadsheet editors link/,
    ],
    [['editors', 'remove', 'owner@example.com'], /is the last owner/],
    [['digests', 'create', bad], /^subject: .*\nblocks\.0\.text: .*\n$/],
    [['digests', 'send', '99'], /^There is no digest 99\.\n$/],
    [['digests', 'send', '1', '--at', '2998-01-01T06:30:00Z'], /^Digest 1 is dispatched for /],
    [
      ['subscribers', 'import', '/no/such.csv', '--newsletter', 'daily', '--consent', 'x'],
      /^There is no file \/no\/such\.csv\.\n$/,
    ],
    [
      ['subscribers', 'import', table, '--newsletter', 'daily', '--consent', 'x', '--json'],
      /^the first row must name the columns/,
    ],
    [
      ['subscribers', 'import', binary, '--newsletter', 'daily', '--consent', 'x'],
      /^the file can’t be read as CSV: [^\p{Cc}]+\n$/u,
    ],
    [['home', '--claim'], /^http:\/\/localhost:3000 is known to this machine alone\./],
  ]
  for (const [args, said] of cases) {
    const { code, stdout, stderr } = await run(...args)
    expect([args, code, stdout]).toEqual([args, 1, ''])
    expect(stderr).toMatch(said)
    expect(stderr).not.toMatch(/^\s+at /m)
  }
})

test('a call that can’t be right is refused before anything is opened, with 2', async () => {
  const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:9/none', SMTP_URL: 'mailbox:' }
  const cases: [args: string[], said: RegExp][] = [
    [[], /Usage: broadsheet/],
    [['nonsense'], /unknown command 'nonsense'/],
    [['newsletters', 'add', 'daily'], /--name <name>/],
    [['newsletters', 'add', 'daily', '--name', 'x', '--cadence', 'often'], /choices are daily, weekdays/],
    [['editors', 'invite', 'bo@example.com', '--role', 'king'], /choices are owner, editor, writer/],
    [
      ['keys', 'create', '--name', 'a', '--role', 'writer', '--expires', '2020-01-01'],
      /must lie in the future/,
    ],
    [['digests', 'send', '1', '--at', 'tomorrow'], /must be an ISO time with its offset/],
    [['subscribers', 'import', 'a.csv', '--newsletter', 'daily', '--consent', ' '], /must say where/],
  ]
  for (const [args, said] of cases) {
    const { code, stdout, stderr } = await runBroadsheet(args, nowhere)
    expect([args, code, stdout]).toEqual([args, 2, ''])
    expect(stderr).toMatch(said)
  }
})

test('a reader of the output who goes away is no fault', async () => {
  await raw`insert into subscribers (address, address_key)
    select a, a from (select 'r' || n || '@example.com' from generate_series(1, 20000) n) as r(a)`
  const listing = broadsheet(['subscribers', 'export'], env)
  let complaints = ''
  listing.stderr!.on('data', chunk => (complaints += chunk))
  listing.stdout!.once('data', () => listing.stdout!.destroy())
  expect(await once(listing, 'close')).toEqual([0, null])
  expect(complaints).toBe('')
})

test('Ctrl-C ends a command at once, and what it had not finished is undone', async () => {
  const slow = join(folder, 'slow.csv')
  execFileSync('mkfifo', [slow])
  const writer = openSync(slow, 'r+')
  writeSync(writer, 'email\nslow@example.com\n')
  const child = broadsheet(['subscribers', 'import', slow, '--newsletter', 'daily', '--consent', 'x'], env)
  await until('the import to wait for more', async () => {
    const [row] = await raw`select from pg_stat_activity
      where datname = current_database() and state = 'idle in transaction'`
    return row
  })
  process.kill(-child.pid!, 'SIGINT')
  expect(await once(child, 'close')).toEqual([null, 'SIGINT'])
  closeSync(writer)
  expect(await raw`select from subscribers where address_key = 'slow@example.com'`).toHaveLength(0)
})
