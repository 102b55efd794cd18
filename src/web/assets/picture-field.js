// A picture is dropped on its field or pasted into its form, is seen before it is saved, and a photo that is larger than
// needed is made smaller on the way, since lines are slow. Without this the field is a plain one for files.
const mostOctets = 15 * 1024 * 1024
const mostSide = 2400

for (const field of document.querySelectorAll('[data-picture-field]')) enhance(field)

function enhance(field) {
  const input = field.querySelector('input[type=file]')
  const words = field.dataset
  const status = field.appendChild(document.createElement('p'))
  status.className = 'hint picture-status'
  status.setAttribute('role', 'status')
  const shown = document.createElement('canvas')
  shown.className = 'picture-chosen'
  field.querySelector('.drop-hint').hidden = false

  input.addEventListener('change', () => chosen(input.files[0]))
  field.addEventListener('dragover', event => {
    event.preventDefault()
    field.classList.add('picture-over')
  })
  field.addEventListener('dragleave', () => field.classList.remove('picture-over'))
  field.addEventListener('drop', event => {
    event.preventDefault()
    field.classList.remove('picture-over')
    take(event.dataTransfer.files[0])
  })
  input.form.addEventListener('paste', event => {
    const file = [...event.clipboardData.files].find(one => one.type.startsWith('image/'))
    // What was copied from a text brings a picture of it along; the text is what is meant.
    if (!file || event.clipboardData.types.includes('text/plain')) return
    event.preventDefault()
    take(file)
  })

  function take(file) {
    if (!file) return
    put(file)
    chosen(file)
  }

  function put(file) {
    const transfer = new DataTransfer()
    if (file) transfer.items.add(file)
    input.files = transfer.files
  }

  async function chosen(file) {
    shown.remove()
    status.textContent = ''
    if (!file) return
    if (file.type && !file.type.startsWith('image/')) return refuse(words.notAPicture)
    const picture = await createImageBitmap(file).catch(() => undefined)
    if (input.files[0] !== file) return
    const sent = picture && (await smaller(file, picture))
    if (input.files[0] !== file) return
    if (sent) put(sent)
    if ((sent ?? file).size > mostOctets) return refuse(words.tooLarge)
    status.classList.remove('error')
    status.textContent = words.chosen.replace('{name}', () => file.name)
    if (picture) show(picture, file.name)
  }

  function refuse(text) {
    put(undefined)
    status.classList.add('error')
    status.textContent = text
  }

  function show(picture, name) {
    draw(shown, picture, 320)
    shown.setAttribute('role', 'img')
    shown.setAttribute('aria-label', name)
    status.before(shown)
  }
}

/** A photo in fewer pixels; undefined where it is small already, or no photo: other formats may be seen through. */
async function smaller(file, picture) {
  if (!/jpe?g|hei[cf]/.test(file.type) || Math.max(picture.width, picture.height) <= mostSide)
    return undefined
  const canvas = document.createElement('canvas')
  draw(canvas, picture, mostSide)
  const blob = await new Promise(done => canvas.toBlob(done, 'image/jpeg', 0.92))
  return blob && new File([blob], file.name, { type: 'image/jpeg' })
}

function draw(canvas, picture, most) {
  const factor = Math.min(1, most / Math.max(picture.width, picture.height))
  canvas.width = Math.max(1, Math.round(picture.width * factor))
  canvas.height = Math.max(1, Math.round(picture.height * factor))
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, canvas.width, canvas.height)
}
