import { expect, test } from 'vitest'
import { fillPieces } from '../../src/mail/render/slots.ts'
import { ana, compiled } from './a-digest.ts'
import { everyBlock } from './every-block.ts'

test('as plain text a digest reads like a letter', async () => {
  const { text } = await compiled(everyBlock())
  expect(fillPieces(text, ana, 'text')).toBe(`The Ledger
Morning Brief · Tuesday 23 June 2026
________________________________________________________________________

Hello Ana,

Good morning, Ana. Three stories about things that everybody leans
on, and nobody looks at. Why we write them is in our guide [1].

- a ledger
- a cable

> Only the second move taught us what it was for.


Cloud & security
------------------------------------------------------------------------

What a bank learned from moving its “ledger” twice

Halden Savings took its core ledger to the cloud over one Easter
weekend, and home again by Whitsun. Preparing the first move took three
years, the second eleven days.
By Priya Raman
https://www.example.com/ledger/ledger-moved-twice?from=mail&in=digest

See also:
- Ninety trials, and what became of them
  https://www.example.com/ledger/ninety-pilots?from=mail&in=digest
- Advertisement · Südwind & Sons: Where the cloud bill comes from
  https://www.example.com/ledger/cutting-cloud-waste?from=mail&in=digest

Passkeys reach the night shift

On ward 12 nobody types a password after midnight any more.
By Helen Marsh
From the archive: some pictures may be missing.
https://www.example.com/ledger/passkeys-night-shift?from=mail&in=digest

Networks
La ville au bout d’un seul câble

Quand il rompt, tout s’arrête.
https://www.example.com/ledger/second-cable?from=mail&in=digest


From our partners
------------------------------------------------------------------------

Advertisement · Northwind Ltd
White paper: cutting cloud waste by a third

Forty pages on what runs at night for nobody.
Registration is needed.
https://www.example.com/northwind/paper
------------------------------------------------------------------------

* * *

Until tomorrow, Ana. Answer this mail: we read it.

Read more at our site:
https://www.example.com/ledger/?a=1&b=2

[1] https://www.example.com/ledger/guide

________________________________________________________________________

You get Morning Brief because you signed up for it at ledger.example.

Unsubscribe:
https://ledger.example/unsubscribe/1.u.123.1-2.7.abcdefghijklmnopqrstuv

Preferences:
https://ledger.example/preferences/1.m.123.7.abcdefghijklmnopqrstuv

Read in browser:
https://ledger.example/archive/morning-brief/12

Forwarded to you? Sign up:
https://ledger.example/subscribe?newsletter=morning-brief

Tel. 020 7946 0000, the desk [desk@ledger.example]

Imprint [https://ledger.example/imprint]

The Ledger Ltd
12 Printing House Yard
London EC4A 1AB
`)
})
