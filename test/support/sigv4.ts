import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

export type AwsKeys = { accessKeyId: string; secretAccessKey: string; sessionToken?: string }
/** Type and words of a refusal. */
export type Refusal = { type: string; message: string }

const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

const mostApart = 5 * 60_000

/**
 * Verifies a request as AWS Signature Version 4 has it, computed anew by what arrived; answers why it is refused, in
 * Amazon's words.
 */
export function verifySignature(
  request: IncomingMessage,
  body: Buffer,
  { keys, region, now }: { keys: AwsKeys; region: string; now: Date },
): Refusal | undefined {
  const { authorization, 'x-amz-date': date, 'x-amz-security-token': token } = request.headers
  if (!authorization)
    return { type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' }
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/([^,]+), SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(
      authorization,
    )
  if (!parts || typeof date !== 'string' || !/^\d{8}T\d{6}Z$/.test(date))
    return { type: 'IncompleteSignatureException', message: 'Authorization header requires its parameters.' }
  const [, keyId, scope, names, signature] = parts as unknown as [string, string, string, string, string]
  if (keyId !== keys.accessKeyId || token !== keys.sessionToken)
    return {
      type: 'UnrecognizedClientException',
      message: 'The security token included in the request is invalid.',
    }
  if (scope !== `${date.slice(0, 8)}/${region}/ses/aws4_request`)
    return { type: 'SignatureDoesNotMatch', message: `Credential should be scoped to a valid region.` }
  const signed = names.split(';')
  const mustBe = ['host', ...Object.keys(request.headers).filter(name => name.startsWith('x-amz-'))]
  if (mustBe.some(name => !signed.includes(name)) || signed.join() !== [...signed].sort().join())
    return { type: 'IncompleteSignatureException', message: 'host and x-amz-* must be signed, in order.' }
  const skew = now.getTime() - timeOf(date)
  if (Math.abs(skew) > mostApart) {
    const [word, side] = skew > 0 ? ['expired', 'earlier'] : ['not yet current', 'later']
    return {
      type: 'InvalidSignatureException',
      message: `Signature ${word}: ${date} is now ${side} than ${now.toISOString()} (5 min.)`,
    }
  }
  const url = new URL(request.url!, 'http://host')
  const canonical = [
    request.method,
    url.pathname,
    [...url.searchParams]
      .map(pair => pair.map(encodeURIComponent).join('='))
      .sort()
      .join('&'),
    ...signed.map(name => `${name}:${String(request.headers[name]).trim().replace(/ +/g, ' ')}`),
    '',
    names,
    sha256(body),
  ].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', date, scope, sha256(canonical)].join('\n')
  const key = scope.split('/').reduce<string | Buffer>(hmac, `AWS4${keys.secretAccessKey}`)
  return timingSafeEqual(Buffer.from(signature, 'hex'), hmac(key, toSign))
    ? undefined
    : {
        type: 'InvalidSignatureException',
        message:
          'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.',
      }
}

const timeOf = (date: string) =>
  Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
