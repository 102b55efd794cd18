import { expect, test } from 'vitest'
import { CsvError, csvLine, readCsv } from '../../src/domain/subscriber-csv.ts'

async function read(...chunks: (string | Uint8Array)[]) {
  const rows = []
  for await (const { row, cells } of readCsv(chunks)) rows.push([row, { ...cells }] as const)
  return rows
}

const ana = { email: 'ana@example.com', name: 'Lovelace, Ana', city: 'Łódź' }

test.each([
  ['commas', 'email,name,city\nana@example.com,"Lovelace, Ana",Łódź\n'],
  [
    'semicolons, where a comma is a letter like any other',
    'email;name;city\nana@example.com;Lovelace, Ana;Łódź\n',
  ],
  ['tabs', 'Email\tNAME\tCity\r\nana@example.com\tLovelace, Ana\tŁódź\r\n'],
  ['a byte order mark', '\ufeffemail,name,city\nana@example.com,"Lovelace, Ana",Łódź'],
  [
    'empty lines before, between and after',
    '\n\r\nemail;name;city\n\nana@example.com;Lovelace, Ana;Łódź\n\n',
  ],
  ['quoted names of columns', '"email";"name";"city"\n"ana@example.com";"Lovelace, Ana";"Łódź"\n'],
  ['white space around cells', ' email ; name ; city \n ana@example.com ; Lovelace, Ana ; Łódź \n'],
])('%s', async (_what, text) => {
  expect((await read(text)).map(([, cells]) => cells)).toEqual([ana])
  const bytes = new TextEncoder().encode(text)
  expect((await read(...Array.from(bytes, byte => Uint8Array.of(byte)))).map(([, cells]) => cells)).toEqual([
    ana,
  ])
})

test('rows are numbered as an editor program shows them, over cells of several lines', async () => {
  expect(
    (await read('email,note\na@example.com,"one\ntwo"\n\nb@example.com,\n')).map(([row]) => row),
  ).toEqual([3, 5])
})

test('what is missing at the end of a row is missing, and nothing is too much', async () => {
  expect(await read('email,name\na@example.com\nb@example.com,Bo,,\n')).toEqual([
    [2, { email: 'a@example.com' }],
    [3, { email: 'b@example.com', name: 'Bo' }],
  ])
})

test('one column needs no delimiter, and none is found inside quotes', async () => {
  expect(await read('email\na@example.com\n')).toEqual([[2, { email: 'a@example.com' }]])
  expect(await read('"a;b;c;d",email\n1,a@example.com\n')).toEqual([
    [2, { 'a;b;c;d': '1', email: 'a@example.com' }],
  ])
})

test('a column may have any name', async () => {
  const [[, cells]] = (await read('email,__proto__,constructor\na@example.com,x,y\n')) as never as [
    [number, object],
  ]
  expect(Object.entries(cells)).toEqual([
    ['email', 'a@example.com'],
    ['__proto__', 'x'],
    ['constructor', 'y'],
  ])
})

test('what a spreadsheet would run is written with an apostrophe, and read without it', async () => {
  const cells = ['=1+1', '+49', '-x', '@home', "'quoted", 'plain', 'a "b", c', '']
  const [row] = await read(`email,a,b,c,d,e,f,g\r\n${csvLine(cells)}`)
  expect(csvLine(cells)).toBe(`'=1+1,'+49,'-x,'@home,'quoted,plain,"a ""b"", c",\r\n`)
  expect(Object.values(row![1])).toEqual(cells)
})

test.each([
  ['', 'the file is empty'],
  ['\n\n', 'the file is empty'],
  ['name,city\nAna,Łódź\n', 'one of them “email”; it has: name, city'],
  ['email,Name,name\n', 'the column “name” is there twice'],
  ['email,name\na@example.com,"open\n', 'can’t be read as CSV'],
  [`email,name\n"${'x'.repeat(200_000)}`, 'can’t be read as CSV'],
  ['x'.repeat(300_000), 'can’t be read as CSV'],
])('%j is refused', async (text, reason) => {
  const refused = await read(text).catch(error => error)
  expect(refused).toBeInstanceOf(CsvError)
  expect(refused.message).toContain(reason)
})

test.each([
  ['the names of its columns', `PK\u0003,\u001b[2J\u009b31m,\u202e${'x'.repeat(5000)}\n`],
  ['the name of a column that is there twice', 'email,a\u001b[2Jb,a\u001b[2Jb\n'],
  ['a quote in a cell', `email,name\na@example.com,\u009b31m\u001b${'x'.repeat(5000)}"\u0007\n`],
])('a fault in %s is said without what would steer a terminal, and shortly', async (_what, text) => {
  const refused = await read(text).catch(error => error)
  expect(refused).toBeInstanceOf(CsvError)
  expect(refused.message).not.toMatch(/[\p{Cc}\p{Cf}]/u)
  expect(refused.message.length).toBeLessThan(400)
})

test('a source that fails in the middle ends the reading', async () => {
  async function* source() {
    yield 'email\n'
    for (let row = 0; row < 5000; row++) yield `reader${row}@example.com\n`
    throw new Error('the disk is gone')
  }
  const rows = async () => {
    for await (const _row of readCsv(source()));
  }
  await expect(rows()).rejects.toThrow('the file can’t be read as CSV: the disk is gone')
})
