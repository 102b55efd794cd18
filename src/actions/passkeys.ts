import type { Acting } from '../domain/access-event.ts'
import { type ChallengePurpose, challengeMinutes, newChallenge, readChallenge } from '../domain/challenge.ts'
import {
  type GivenAssertion,
  type GivenCredential,
  readAssertion,
  readCredential,
} from '../domain/passkey-answer.ts'
import { passkeyName } from '../domain/passkey-name.ts'
import { type RelyingParty, relyingParty } from '../domain/relying-party.ts'
import type { Tx } from '../store/client.ts'
import type { Editor } from '../store/editors.ts'
import {
  addPasskey,
  findPasskey,
  listPasskeys,
  notePasskeyUse,
  removePasskey,
  useChallenge,
} from '../store/passkeys.ts'
import { readPublication } from '../store/publication.ts'
import { noteProven, startSession } from '../store/sessions.ts'
import { noteAccess } from './note-access.ts'
import type { Services } from './services.ts'
import type { SignIn } from './sign-in.ts'

type Deps = Pick<Services, 'db' | 'keys' | 'config' | 'log'>
type Owner = Pick<Editor, 'id' | 'address' | 'name'>

// Reading it takes 0.35 s, which only those pay who use a passkey.
const webauthn = () => import('@simplewebauthn/server')

const mostPasskeys = 20
/** ES256, RS256 and EdDSA, which all devices and both runtimes know (COSE numbers). */
const algorithms = [-7, -257, -8]
const timeout = challengeMinutes * 60_000

/** What a browser needs to make a passkey for this editor; undefined where browsers make none for this site. */
export async function registrationOptions({ db, keys, config }: Deps, editor: Owner, browser: string) {
  const site = relyingParty(config.publicUrl)
  if (!site) return undefined
  const [publication, known] = await Promise.all([readPublication(db), listPasskeys(db, editor.id)])
  const { generateRegistrationOptions } = await webauthn()
  return generateRegistrationOptions({
    supportedAlgorithmIDs: algorithms,
    timeout,
    rpID: site.id,
    rpName: publication.name,
    challenge: newChallenge(keys, 'register', browser),
    userID: handleOf(editor.id),
    userName: editor.address,
    userDisplayName: editor.name || editor.address,
    // Found without an address typed, and opened with a finger, a face or a number.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestationType: 'none',
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
  })
}

/** What a browser needs to ask for a passkey of this site; of `editorId` only, where one is given. */
export async function assertionOptions(
  { db, keys, config }: Deps,
  purpose: Exclude<ChallengePurpose, 'register'>,
  browser: string,
  editorId?: number,
) {
  const site = relyingParty(config.publicUrl)
  if (!site) return undefined
  const theirs = editorId === undefined ? [] : await listPasskeys(db, editorId)
  const { generateAuthenticationOptions } = await webauthn()
  return generateAuthenticationOptions({
    timeout,
    rpID: site.id,
    challenge: newChallenge(keys, purpose, browser),
    userVerification: 'required',
    allowCredentials: theirs.map(({ credentialId }) => ({ id: credentialId })),
  })
}

export type Registration = { kind: 'added'; name: string } | { kind: 'refused' } | { kind: 'too-many' }

/** Keeps the passkey that a browser made, and notes it. `refused`: it is not what was asked for, or too late. */
export async function registerPasskey(
  services: Deps & Pick<Services, 'wake'>,
  {
    editor,
    browser,
    text,
    browserName,
  }: { editor: Owner; browser: string; text: string; browserName: string },
  acting: Acting,
): Promise<Registration> {
  const { db, config } = services
  const site = relyingParty(config.publicUrl)
  const given = readCredential(text)
  const good = site && given && (await verifiedCredential(services, given, site, browser))
  if (!good) return { kind: 'refused' }
  const { credential, aaguid, backedUp, challenge } = good
  const name = passkeyName(aaguid, browserName)
  const outcome = await db.transaction(async (tx): Promise<Registration> => {
    if (!(await useChallenge(tx, challenge.text, challenge.expiresAt))) return { kind: 'refused' }
    if ((await listPasskeys(tx, editor.id)).length >= mostPasskeys) return { kind: 'too-many' }
    const added = await addPasskey(tx, {
      editorId: editor.id,
      credentialId: credential.id,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: credential.transports ?? [],
      backedUp,
      name,
    })
    if (!added) return { kind: 'refused' }
    await noteAccess(tx, services, { kind: 'passkey-added', name }, acting)
    return { kind: 'added', name }
  })
  services.wake()
  return outcome
}

/** Removes a passkey of this editor, and notes it. */
export async function unregisterPasskey(
  services: Deps & Pick<Services, 'wake'>,
  which: { id: number; editorId: number },
  acting: Acting,
): Promise<void> {
  await services.db.transaction(async tx => {
    const removed = await removePasskey(tx, which)
    if (removed) await noteAccess(tx, services, { kind: 'passkey-removed', name: removed.name }, acting)
  })
  services.wake()
}

/** Signs in whoever's passkey answered the challenge that this browser was given. */
export async function signInByPasskey(
  services: Deps,
  { text, browser, browserName }: { text: string; browser: string; browserName: string },
): Promise<SignIn> {
  const signed = await verifiedAssertion(services, 'sign-in', browser, text)
  if (!signed) return { kind: 'void' }
  return services.db.transaction(async tx => {
    if (!(await useAssertion(tx, signed))) return { kind: 'void' }
    const { editor } = signed
    return { kind: 'signed-in', editor, session: await startSession(tx, editor.id, browserName) }
  })
}

/** Notes that whoever is signed in here has proved by a passkey of theirs that it is still them. */
export async function proveByPasskey(
  services: Deps,
  { text, session, editorId }: { text: string; session: string; editorId: number },
): Promise<'proven' | 'refused'> {
  const signed = await verifiedAssertion(services, 'prove', session, text)
  if (!signed || signed.editor.id !== editorId) return 'refused'
  return services.db.transaction(async tx =>
    (await useAssertion(tx, signed)) && (await noteProven(tx, session, editorId)) ? 'proven' : 'refused',
  )
}

// What the device keeps with the passkey: no address and no name (WebAuthn 14.6.1).
const handleOf = (editorId: number) => new TextEncoder().encode(`editor-${editorId}`)

async function verifiedCredential(
  { keys, log }: Deps,
  given: GivenCredential,
  site: RelyingParty,
  browser: string,
) {
  const challenge = { text: '', expiresAt: new Date(0) }
  const { verifyRegistrationResponse } = await webauthn()
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      supportedAlgorithmIDs: algorithms,
      response: given,
      expectedChallenge: text => noting(challenge, text, readChallenge(keys, 'register', browser, text)),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
    })
    if (!registrationInfo) return undefined
    const { credential, aaguid, credentialBackedUp: backedUp } = registrationInfo
    return { credential, aaguid, backedUp, challenge }
  } catch (error) {
    return refused(log, error)
  }
}

type Verified = NonNullable<Awaited<ReturnType<typeof verifiedAssertion>>>

async function verifiedAssertion(
  { db, keys, config, log }: Deps,
  purpose: ChallengePurpose,
  browser: string,
  text: string,
) {
  const site = relyingParty(config.publicUrl)
  const given = readAssertion(text)
  const found = site && given && (await findPasskey(db, given.id))
  if (!found || !handleFits(given, found.editor.id)) return undefined
  const { passkey, editor } = found
  const challenge = { text: '', expiresAt: new Date(0) }
  const { verifyAuthenticationResponse } = await webauthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: given,
      expectedChallenge: text => noting(challenge, text, readChallenge(keys, purpose, browser, text)),
      expectedOrigin: site.origin,
      expectedRPID: site.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: passkey.counter,
      },
    })
    if (!verified) return undefined
    const { newCounter: counter, credentialBackedUp: backedUp } = authenticationInfo
    return { editor, challenge, use: { id: passkey.id, counter, backedUp } }
  } catch (error) {
    return refused(log, error)
  }
}

/** The package throws for whatever is wrong with what a browser sent; only its words tell that from a fault of ours. */
function refused(log: Services['log'], error: unknown): undefined {
  log.warn({ reason: error instanceof Error ? error.message.slice(0, 200) : '' }, 'a passkey was refused')
}

/** Uses up what was answered, and the answer's count. False where either was used before. */
const useAssertion = async (tx: Tx, { challenge, use }: Verified): Promise<boolean> =>
  (await useChallenge(tx, challenge.text, challenge.expiresAt)) && (await notePasskeyUse(tx, use))

function noting(challenge: { text: string; expiresAt: Date }, text: string, end: Date | undefined): boolean {
  if (!end) return false
  challenge.text = text
  challenge.expiresAt = end
  return true
}

const handleFits = ({ response: { userHandle } }: GivenAssertion, editorId: number): boolean =>
  !userHandle || userHandle === Buffer.from(handleOf(editorId)).toString('base64url')
