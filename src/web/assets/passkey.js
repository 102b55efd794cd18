// Asks the browser for a passkey and sends its answer as the form's own. Without this the form stays hidden, and the way
// by mail is the one there is.
for (const form of document.querySelectorAll('form[data-passkey]')) prepare(form)

function prepare(form) {
  const words = form.dataset
  const button = form.querySelector('button')
  const status = form.querySelector('[role=status]')
  form.hidden = false
  if (!isAble(words.passkey)) {
    button.hidden = true
    status.textContent = words.none
    return
  }
  form.addEventListener('submit', event => {
    if (form.elements.credential.value) return
    event.preventDefault()
    ask()
  })
  // Coming back by the browser's button: what was answered is used up.
  addEventListener('pageshow', () => {
    form.elements.credential.value = ''
    button.disabled = false
    status.textContent = ''
  })

  async function ask() {
    button.disabled = true
    status.textContent = words.waiting
    try {
      const response = await fetch(form.action, { headers: { accept: 'application/json' } })
      if (!response.ok) throw new Error(`asked for a challenge, got ${response.status}`)
      const credential = await answer(words.passkey, await response.json())
      form.elements.credential.value = JSON.stringify(credential)
      form.submit()
    } catch (error) {
      button.disabled = false
      status.textContent = words[reasons[error.name] ?? 'failed']
    }
  }
}

// As WebAuthn names them: the person, or the time, ended it; the device has a passkey of this person already.
const reasons = { NotAllowedError: 'cancelled', AbortError: 'cancelled', InvalidStateError: 'known' }

function isAble(kind) {
  const read = kind === 'make' ? 'parseCreationOptionsFromJSON' : 'parseRequestOptionsFromJSON'
  return window.isSecureContext && typeof window.PublicKeyCredential?.[read] === 'function'
}

async function answer(kind, options) {
  const { credentials } = navigator
  const credential =
    kind === 'make'
      ? await credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) })
  return credential.toJSON()
}
