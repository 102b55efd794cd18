import PostalMime from 'postal-mime'
import { describe, expect, test } from 'vitest'
import { HeaderError, mailboxHeader, rawHeader, textHeader } from '../../src/mail/headers.ts'
import { quotedPrintable } from '../../src/mail/quoted-printable.ts'

const decode = async (encoded: string) =>
  (
    await PostalMime.parse(
      `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}`,
    )
  ).text!.replace(/\n$/, '')

const texts = [
  'plain',
  'ends with spaces   ',
  'two  spaces and a\ttab',
  '.starts with a dot\n..and another\n.',
  'From here on, mbox would quote this line',
  'Grüße aus Köln: 3 = 1 + 2',
  'שלום עולם',
  '👩‍👩‍👧‍👦'.repeat(20),
  'a'.repeat(300),
  `${'x'.repeat(74)}.${'y'.repeat(74)}.z`,
  `${'word '.repeat(60)}end`,
  'lines\n\n\nwith\r\nbreaks\n',
]

describe('quoted-printable', () => {
  test.each(texts)('comes back as it was (%#)', async text => {
    expect(await decode(`${quotedPrintable(text)}\r\n`)).toBe(text.replaceAll('\r\n', '\n'))
  })

  test.each(texts)('keeps to the lines that mail allows (%#)', text => {
    for (const end of ['open', 'closed'] as const) {
      const encoded = quotedPrintable(text, end)
      expect(encoded).toMatch(/^[\x20-\x7e\r\n]*$/)
      for (const line of encoded.split('\r\n')) {
        expect(line.length).toBeLessThanOrEqual(76)
        expect(line).not.toMatch(/^\.|^From |[\r\n]|[ \t]$| {2}/)
      }
    }
  })

  test('a text in pieces decodes to the text, wherever it is cut', async () => {
    const whole = 'Grüße, Ana.  See https://ledger.example/a=b .\n.dot\nFrom x and 👩‍👧 the end'
    for (let cut = 0; cut <= whole.length; cut++) {
      if (/[\ud800-\udbff]/.test(whole[cut - 1] ?? '')) continue
      const encoded = quotedPrintable(whole.slice(0, cut), 'open') + quotedPrintable(whole.slice(cut))
      expect(await decode(`${encoded}\r\n`)).toBe(whole)
      expect(encoded).not.toMatch(/(^|\n)\./)
    }
  })

  test('never splits a character over two lines', () => {
    const lines = quotedPrintable('ü'.repeat(200)).split('=\r\n')
    expect(lines.length).toBeGreaterThan(10)
    for (const line of lines) expect(line).toMatch(/^(=C3=BC)+$/)
  })
})

const subjects = [
  'IBM leaves facial recognition, asks to talk',
  'Größe zählt: über Wörter und Sätze, die länger sind als eine Zeile einer Mail je sein darf, und noch etwas mehr',
  'مرحبا بالعالم، هذه نشرة الصباح مع أخبار اليوم من كل مكان في العالم ومن بيتك أيضا',
  '👩‍👩‍👧‍👦 '.repeat(12).trim(),
  '=?UTF-8?Q?not_an_encoded_word?=',
  'two  spaces',
  'word '.repeat(40).trim(),
  'a'.repeat(250),
  '"quoted" <angle> (comment), comma; semi\\back',
]

describe('headers', () => {
  test.each(subjects)('a subject comes back as it was (%#)', async subject => {
    const header = textHeader('Subject', subject)
    expect((await PostalMime.parse(`${header}\r\n`)).subject).toBe(subject)
    expectFolded(header)
  })

  test.each([...subjects, 'Ana Lindqvist', 'Jürgen Groß', 'دانا', "O'Neill, Pat", 'x@y'])(
    'a name comes back as it was (%#)',
    async name => {
      const header = mailboxHeader('To', name, 'ana@example.com')
      expect((await PostalMime.parse(`${header}\r\n`)).to).toEqual([{ name, address: 'ana@example.com' }])
      expectFolded(header)
    },
  )

  function expectFolded(header: string) {
    expect(header).toMatch(/^[\x20-\x7e\r\n]+\r\n$/)
    for (const line of header.slice(0, -2).split('\r\n')) {
      expect(line.length).toBeLessThanOrEqual(/[^ ]{79}/.test(line) ? 998 : 78)
      expect(line.trim()).not.toBe('')
    }
    for (const [word] of header.matchAll(/=\?UTF-8\?[QB]\?[^?\s]*\?=/g)) {
      expect(word.length).toBeLessThanOrEqual(75)
      expect(octetsOf(word)).not.toContain('\ufffd')
    }
  }

  /** One encoded word by itself: half a character would become U+FFFD. */
  function octetsOf(word: string): string {
    const [, , encoding, text] = word.split('?') as [string, string, string, string]
    if (encoding === 'B') return Buffer.from(text, 'base64').toString('utf8')
    const octets = text
      .replaceAll('_', ' ')
      .replace(/=(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)))
    return Buffer.from(octets, 'latin1').toString('utf8')
  }

  test.each(['a\r\nBcc: all@example.com', 'a\nb', 'a\rb', 'a\0b'])('a line break is refused: %j', hostile => {
    expect(() => textHeader('Subject', hostile)).toThrow(HeaderError)
    expect(() => mailboxHeader('To', hostile, 'ana@example.com')).toThrow(HeaderError)
    expect(() => mailboxHeader('To', 'Ana', `ana@example.com${hostile}`)).toThrow(HeaderError)
    expect(() => rawHeader('Message-ID', hostile)).toThrow(HeaderError)
  })

  test('other control characters do not reach a header', () => {
    expect(textHeader('Subject', 'a\u0007b\u0085c')).toBe('Subject: a b c\r\n')
  })
})
