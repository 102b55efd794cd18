/** Name and postal address (CAN-SPAM, CASL), line by line; the name once where the address begins with it. */
export function imprint(name: string, postalAddress: string): string[] {
  const lines = postalAddress
    .split(/\r?\n/)
    .map(line => line.trim())
    .filter(Boolean)
  return lines[0]?.toLowerCase().startsWith(name.toLowerCase()) ? lines : [name, ...lines]
}
