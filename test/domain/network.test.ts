import { expect, test } from 'vitest'
import { clientAddress, isAddressRange, isLoopback, networkOf } from '../../src/domain/network.ts'

test.each([
  ['192.0.2.77', '192.0.2.0/24'],
  ['255.255.255.255', '255.255.255.0/24'],
  ['::ffff:192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:abcd:12::1', '2001:db8:abcd::/48'],
  ['2001:0DB8:ABCD::', '2001:db8:abcd::/48'],
  ['2001:db8::1', '2001:db8:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  // This machine, and what is no address.
  ['127.0.0.1', ''],
  ['127.9.9.9', ''],
  ['::1', ''],
  ['::ffff:127.0.0.1', ''],
  ['', ''],
  ['unknown', ''],
  ['192.0.2.256', ''],
  ['<script>', ''],
])('the network of %j is %j', (address, network) => {
  expect(networkOf(address)).toBe(network)
})

test.each<[peer: string, forwarded: string | undefined, trusted: string[], client: string]>([
  ['203.0.113.9', undefined, [], '203.0.113.9'],
  // Nobody but a trusted proxy is believed.
  ['203.0.113.9', '198.51.100.1', [], '203.0.113.9'],
  ['203.0.113.9', '198.51.100.1', ['10.0.0.0/8'], '203.0.113.9'],
  ['10.0.0.2', '198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
  ['10.0.0.2', '198.51.100.1', ['10.0.0.2'], '198.51.100.1'],
  ['10.0.0.3', '198.51.100.1', ['10.0.0.2'], '10.0.0.3'],
  ['::ffff:10.0.0.2', '198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
  ['2001:db8::2', '2001:db8:ffff::7', ['2001:db8::/48'], '2001:db8:ffff::7'],
  ['10.0.0.2', '198.51.100.1', ['2001:db8::/32', '10.0.0.0/8'], '198.51.100.1'],
  // What the client wrote itself stands to the left of what our proxies add.
  ['10.0.0.2', '1.2.3.4, 198.51.100.1', ['10.0.0.0/8'], '198.51.100.1'],
  ['10.0.0.2', '1.2.3.4, 198.51.100.1, 10.0.0.9', ['10.0.0.0/8'], '198.51.100.1'],
  ['10.0.0.2', '10.0.0.8, 10.0.0.9', ['10.0.0.0/8'], '10.0.0.8'],
  ['10.0.0.2', 'unknown, 10.0.0.9', ['10.0.0.0/8'], '10.0.0.9'],
  ['10.0.0.2', '', ['10.0.0.0/8'], '10.0.0.2'],
  ['10.0.0.2', ' , ,', ['10.0.0.0/8'], '10.0.0.2'],
  ['10.0.0.2', `${'1.2.3.4,'.repeat(10_000)}198.51.100.1`, ['10.0.0.0/8'], '198.51.100.1'],
  ['', '198.51.100.1', ['10.0.0.0/8'], ''],
])('from %j, forwarded for %j, with %j trusted, it is %j', (peer, forwarded, trusted, client) => {
  expect(clientAddress(peer, forwarded, trusted)).toBe(client)
})

test.each([
  ['10.0.0.1', true],
  ['10.0.0.0/8', true],
  ['::1', true],
  ['2001:db8::/32', true],
  ['10.0.0.0/33', false],
  ['2001:db8::/129', false],
  ['10.0.0', false],
  ['1', false],
  ['10.0.0.0/', false],
  ['localhost', false],
  ['', false],
])('%j is an address or a range: %s', (text, is) => {
  expect(isAddressRange(text)).toBe(is)
})

test('what is this machine', () => {
  for (const host of ['localhost', 'news.localhost', '127.0.0.1', '127.1.2.3', '::1', '[::1]'])
    expect([host, isLoopback(host)]).toEqual([host, true])
  for (const host of [
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '127.0.0.1.example.com',
    'localhost.example.com',
    'example.com',
    '',
  ])
    expect([host, isLoopback(host)]).toEqual([host, false])
})
