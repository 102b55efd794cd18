import { z } from 'zod'

// The shapes of WebAuthn's toJSON(), as far as they are looked at. All of it is the browser's word until it is verified.
const base64url = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[\w-]+$/)
const common = {
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional().catch(undefined),
  clientExtensionResults: z.object({}).catch({}).default({}),
}

const credential = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(8000),
    attestationObject: base64url(20_000),
    transports: z
      .array(z.enum(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']))
      .optional()
      .catch(undefined),
  }),
})

const assertion = z.object({
  ...common,
  response: z.object({
    clientDataJSON: base64url(8000),
    authenticatorData: base64url(8000),
    signature: base64url(4000),
    userHandle: base64url(200)
      .nullish()
      .transform(handle => handle ?? undefined),
  }),
})

/** A new passkey, as a browser hands it over. */
export type GivenCredential = z.infer<typeof credential>
/** A passkey's answer to a challenge. */
export type GivenAssertion = z.infer<typeof assertion>

/** Reads what a form brought; undefined where it is nothing of the kind. */
export const readCredential = (text: string): GivenCredential | undefined => read(credential, text)
export const readAssertion = (text: string): GivenAssertion | undefined => read(assertion, text)

function read<T>(schema: z.ZodType<T>, text: string): T | undefined {
  if (text.length > 50_000) return undefined
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
