/** What a server said over HTTP, as far as it speaks as SES does. */
export type SesAnswer = {
  status: number
  /** Such as `MessageRejected`, without `Exception` at its end; empty where the server names none. */
  type: string
  /** The server's words, empty where it has none. */
  message: string
  /** Of a message that was taken. */
  messageId?: string
  /** False where what came is no JSON: a proxy, or another service. */
  isJson: boolean
}

/** No answer of SES is longer. */
const longest = 65_536

/** Reads an answer, at most 64 KB of it. Throws where it breaks off. */
export async function readAnswer(response: Response): Promise<SesAnswer> {
  const body = objectOf(await readText(response))
  // In the order in which Amazon's own clients look (restJson1).
  const named = response.headers.get('x-amzn-errortype') || textOf(body?.code) || textOf(body?.__type)
  const messageId = textOf(body?.MessageId)
  return {
    status: response.status,
    type: bareType(named),
    message: firstParagraph(textOf(body?.message) || textOf(body?.Message)),
    ...(messageId && { messageId }),
    isJson: body !== undefined,
  }
}

/** Of `aws.ses#MessageRejectedException:http://…` what stands between. */
const bareType = (name: string) =>
  name
    .replace(/^.*#/, '')
    .replace(/:.*$/s, '')
    .replace(/Exception$/, '')

/** Where a signature does not match, the request follows with all its headers, a token that is lent among them. */
const firstParagraph = (message: string) => message.split(/\r?\n\s*\n/, 1)[0]!

async function readText({ body }: Response): Promise<string | undefined> {
  if (!body) return ''
  const reader = body.getReader()
  const chunks: Uint8Array[] = []
  let size = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return Buffer.concat(chunks).toString('utf8')
    size += value.length
    if (size > longest) {
      await reader.cancel()
      return undefined
    }
    chunks.push(value)
  }
}

function objectOf(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return value && typeof value === 'object' ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
