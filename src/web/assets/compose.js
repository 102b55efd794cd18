// The composing page saves by itself, moves blocks by mouse, and shows the mail as it is typed. The server does each
// step, as it does without this script: what is posted is the page's own form, and what comes back is the page.
;(() => {
  const form = document.getElementById('digest')
  if (!form) return
  const root = document.documentElement
  root.classList.add('scripted')
  const byId = id => document.getElementById(id)
  const address = form.getAttribute('action')
  const words = form.dataset
  const calm = matchMedia('(prefers-reduced-motion: reduce)')

  /* What the page is asked with: the story search, and how the preview is shown. */

  const query = new URLSearchParams(location.search)

  /* Saving: one request at a time, in the order of the steps. */

  const queue = []
  let busy = false
  let timer = 0
  let typed = false
  /** What was refused: it stands on this page alone. */
  let refused = false
  /** After somebody else's save, until an editor has chosen: nothing is sent. */
  let stopped = false
  let theirRevision = ''

  function enqueue(act) {
    if (stopped) return
    clearTimeout(timer)
    timer = 0
    typed = false
    queue.push(act)
    if (!busy) work()
  }

  const typeSoon = () => {
    typed = true
    if (stopped) return
    say(words.unsaved)
    clearTimeout(timer)
    timer = setTimeout(() => (queue.length ? typeSoon() : enqueue('type')), 600)
  }

  const isIdle = () => !busy && !typed && !queue.length
  const isSaved = () => isIdle() && !refused

  async function work() {
    busy = true
    while (queue.length) if (await post(queue[0])) queue.shift()
    busy = false
  }

  /** Whether the server has answered; if not it is asked again, since nobody should lose a word. */
  async function post(act) {
    const body = new URLSearchParams(new FormData(form))
    body.set('act', act)
    const before = valuesOf()
    if (act !== 'type') say(words.saving)
    let answer
    try {
      answer = await fetch(`${address}?${query}`, { method: 'POST', body, headers: { 'x-parts': '1' } })
    } catch {
      say(words.offline)
      return pause(3000)
    }
    if (answer.status === 401) {
      say(words.signedOut)
      return pause(5000)
    }
    if ([403, 404, 413].includes(answer.status)) {
      stopped = refused = true
      queue.length = 1
      say(words.impossible)
      return true
    }
    if (!answer.ok && answer.status !== 409 && answer.status !== 422) {
      say(words.offline)
      return pause(5000)
    }
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    await dropped
    await released
    take(page, act, before, answer.status)
    return true
  }

  const pause = milliseconds => new Promise(done => setTimeout(() => done(false), milliseconds))

  const say = text => {
    const line = byId('saved')
    if (line.textContent !== text) line.textContent = text
  }

  /* What comes back. */

  function take(page, act, before, status) {
    stopped = status === 409
    if (stopped) queue.length = 1
    // A link that could not be read is no reason: the digest is saved.
    refused =
      stopped ||
      (status === 422 && page.querySelector('#digest [aria-invalid], #notices [role=alert]') !== null)
    // Where a block was dropped meanwhile, the next answer has it at its place.
    const isWhole =
      (act !== 'type' && queue.length < 2) || status !== 200 || form.querySelector('[aria-invalid]') !== null
    swap(page, 'notices')
    swap(page, 'saved')
    const { value } = page.getElementById('revision')
    if (stopped) theirRevision = value
    else byId('revision').value = value
    for (const id of ['undo', 'redo']) byId(id).disabled = page.getElementById(id).disabled
    swap(page, 'subject-hint')
    swap(page, 'checks')
    const title = page.querySelector('h1').textContent
    document.querySelector('h1').textContent = title
    document.title = page.title
    if (isWhole && !stopped) takeWhole(page, act, before)
    else takePlaces(page)
    if (!stopped) takePreview(page)
    const said = page.getElementById('said')
    byId('said').textContent = said.textContent
  }

  function swap(page, id) {
    const [here, there] = [byId(id), page.getElementById(id)]
    if (here && there && here.innerHTML !== there.innerHTML)
      here.replaceChildren(...there.cloneNode(true).childNodes)
  }

  /** Where each block stands among what is saved: a blank one that was typed into is there now, and has its place in the mail. */
  function takePlaces(page) {
    for (const { id, dataset } of page.querySelectorAll('.block'))
      if (dataset.saved && byId(id)) byId(id).dataset.saved = dataset.saved
  }

  /** The whole form and the tray. What was typed while the answer was on its way is typed again. */
  function takeWhole(page, act, before) {
    const now = valuesOf()
    const active = document.activeElement
    const at = { id: active?.id, place: placeInTray(active), ...caretOf(active) }
    const open = [...document.querySelectorAll('details[open][id]')].map(one => one.id)
    form.replaceChildren(...page.getElementById('digest').childNodes)
    const replace = selector => document.querySelector(selector).replaceWith(page.querySelector(selector))
    replace('.tray-list')
    // What is still being pasted stays.
    if (act === 'import') replace('.paste')
    for (const id of open) byId(id)?.setAttribute('open', '')
    for (const [id, value] of now) if (value !== before.get(id) && setValue(byId(id), value)) typeSoon()
    makeSortable()
    focusAfter(act, at, page.getElementById('said').dataset.at)
  }

  const fields = () =>
    [...form.elements].filter(one => one.id && one.name && one.type !== 'hidden' && one.type !== 'submit')

  const readField = field => (field.type === 'checkbox' ? String(field.checked) : field.value)

  const valuesOf = () => new Map(fields().map(field => [field.id, readField(field)]))

  function setValue(field, value) {
    if (!field || field.id === 'links' || field.id.startsWith('to-')) return false
    if (field.type === 'checkbox') field.checked = value === 'true'
    else field.value = value
    return true
  }

  /* Focus stays with what it was on, wherever that went. */

  const caretOf = field =>
    field?.matches?.('textarea, input[type=text], input:not([type])')
      ? { from: field.selectionStart, to: field.selectionEnd }
      : {}

  const trayButtons = () => [...document.querySelectorAll('#tray button')]
  const placeInTray = element => trayButtons().indexOf(element)

  function focusAfter(act, { id, place, from, to }, key) {
    if (!id || id === 'saved') return
    const [step] = act.split(' ')
    const same = byId(id)
    if (step === 'add' && key)
      byId(`block-${key}`).querySelector('textarea, input:not([type=hidden])')?.focus()
    else if (same && !same.disabled) {
      same.focus()
      if (from !== undefined) same.setSelectionRange(from, to)
    } else if (step === 'up' || step === 'down') byId(`${step === 'up' ? 'down' : 'up'}-${key}`)?.focus()
    else if (step === 'lead' || step === 'pin') byId(`block-${key}`)?.focus()
    else if (step === 'remove') (byId(`remove-${key}`) ?? byId('add-heading')).focus()
    else if (place >= 0) (trayButtons()[place] ?? trayButtons().at(-1) ?? byId('q'))?.focus()
    byId(`block-${key}`)?.scrollIntoView({ block: 'nearest', behavior: calm.matches ? 'instant' : 'smooth' })
  }

  /* The preview: the next one loads behind the one that is seen, and shows the block that is being written. */

  function takePreview(page) {
    const [here, there] = [byId('preview-stage'), page.getElementById('preview-stage')]
    const select = byId('preview-newsletter')
    const isOther =
      Boolean(here) !== Boolean(there) || select?.length !== page.getElementById('preview-newsletter')?.length
    if (isOther) byId('preview').replaceChildren(...page.getElementById('preview').childNodes)
    else if (there) showPreview(there.querySelector('iframe').getAttribute('src'))
  }

  function showPreview(source) {
    const stage = byId('preview-stage')
    const seen = stage.querySelector('iframe:not(.preview-next)')
    if (seen.getAttribute('src').replace(/#.*/, '') === source) return
    for (const waiting of stage.querySelectorAll('.preview-next')) waiting.remove()
    const next = seen.cloneNode()
    const place = document.activeElement?.closest?.('.block')?.dataset.saved
    next.src = place ? `${source}#block-${place}` : source
    next.classList.add('preview-next')
    next.addEventListener(
      'load',
      () => {
        if (!next.isConnected) return
        seen.remove()
        next.classList.remove('preview-next')
      },
      { once: true },
    )
    stage.append(next)
  }

  function changeView(change) {
    const stage = byId('preview-stage')
    for (const [name, value] of Object.entries(change)) query.set(name, value)
    history.replaceState(null, '', `?${query}`)
    if (!stage) return
    const source = new URL(stage.querySelector('iframe').src)
    const view = query.get('view') ?? 'phone'
    stage.dataset.view = view
    source.searchParams.set('format', view === 'text' ? 'text' : 'html')
    source.searchParams.set('scheme', view === 'dark' ? 'dark' : 'light')
    if (change.newsletter) source.searchParams.set('newsletter', change.newsletter)
    showPreview(source.pathname + source.search)
    for (const link of document.querySelectorAll('.preview-views a'))
      if (link.dataset.view === view) link.setAttribute('aria-current', 'true')
      else link.removeAttribute('aria-current')
  }

  /* The mouse: within the digest, and from the tray into it. */

  let sortables = []
  /** Until what is being dragged is let go. */
  let dropped = Promise.resolve()
  let letGo = () => {}
  const drags = {
    onStart() {
      dropped = new Promise(resolve => (letGo = resolve))
    },
    onEnd: () => letGo(),
  }

  function makeSortable() {
    for (const one of sortables) one.destroy()
    // One that is destroyed while something is dragged does not say that it was let go.
    letGo()
    const [blocks, tray] = [byId('blocks'), byId('tray')]
    const animation = calm.matches ? 0 : 120
    sortables = [
      new Sortable(blocks, {
        ...drags,
        animation,
        handle: '.block-grip',
        group: { name: 'digest', put: ['tray'] },
        onUpdate: () => enqueue('save'),
        onAdd({ item, newDraggableIndex }) {
          const { article } = item.dataset
          item.remove()
          enqueue(`add-story ${article} ${newDraggableIndex}`)
        },
      }),
      ...(tray
        ? [
            new Sortable(tray, {
              ...drags,
              animation,
              sort: false,
              draggable: 'li:not(.used)',
              filter: 'button, a, input',
              preventOnFilter: false,
              group: { name: 'tray', pull: 'clone', put: false },
            }),
          ]
        : []),
    ]
  }

  /* Searching the stories, without the digest being asked for anew. */

  let searching = 0
  async function search() {
    const field = byId('q')
    query.set('q', field.value)
    const mine = ++searching
    const answer = await fetch(`${address}?${query}`).catch(() => undefined)
    await dropped
    if (!answer?.ok || mine !== searching) return
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    document.querySelector('.tray-list').replaceWith(page.querySelector('.tray-list'))
    makeSortable()
  }

  /* Who else is here. */

  async function tellPresence() {
    if (document.hidden) return
    const body = new URLSearchParams({ revision: byId('revision').value })
    const answer = await fetch(`${address}/presence`, { method: 'POST', body }).catch(() => undefined)
    if (!answer?.ok) return
    const part = new DOMParser().parseFromString(await answer.text(), 'text/html')
    // What is being saved now is newer than the revision that was told.
    if (isSaved()) swap(part, 'visitors')
  }

  /* What editors do. A press of a button is let through before the button is replaced. */

  let released = Promise.resolve()
  let release = () => {}
  const press = () => {
    released = new Promise(resolve => {
      release = () => setTimeout(resolve)
    })
  }
  addEventListener('pointerdown', event => event.target.closest('button, summary, a') && press(), true)
  for (const end of ['pointerup', 'pointercancel', 'dragend', 'blur'])
    addEventListener(end, () => release(), true)

  addEventListener('submit', event => {
    if (event.target !== form) {
      if (event.target.id === 'tray-search') event.preventDefault()
      return
    }
    event.preventDefault()
    const act = event.submitter?.value || 'save'
    if (event.submitter?.id === 'replace') {
      byId('revision').value = theirRevision
      stopped = false
    }
    enqueue(act)
  })

  let searchTimer = 0
  addEventListener('input', ({ target }) => {
    if (target.id === 'q') {
      clearTimeout(searchTimer)
      searchTimer = setTimeout(search, 200)
    } else if (target.form === form && target.id !== 'links' && !target.id.startsWith('to-')) typeSoon()
  })

  const isWhole = field =>
    field.matches('[data-whole], [name$=".only"], [name$=".section"], [name$=".count"]')

  addEventListener('change', ({ target }) => {
    if (target.id === 'preview-newsletter') changeView({ newsletter: target.value })
    else if (target.form === form && isWhole(target)) enqueue('save')
  })

  addEventListener('click', event => {
    const view = event.target.closest('[data-view]:not(#preview-stage)')
    const pane = event.target.closest('.pane-button')
    const leaving = event.target.closest('a[data-flush], .bar a')
    if (view) {
      event.preventDefault()
      changeView({ view: view.dataset.view })
    } else if (pane) {
      byId('compose').dataset.pane = pane.dataset.pane
      for (const one of document.querySelectorAll('.pane-button'))
        one.setAttribute('aria-pressed', String(one === pane))
    } else if (leaving && !isSaved() && !stopped) {
      event.preventDefault()
      if (typed) {
        refused = false
        enqueue('type')
      }
      whenSaved(() => location.assign(leaving.href))
    }
  })

  function whenSaved(then) {
    if (refused) document.querySelector('[aria-invalid], [role=alert]')?.scrollIntoView({ block: 'center' })
    else if (isIdle()) then()
    else setTimeout(() => whenSaved(then), 50)
  }

  addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return
    if (event.target.matches('input, textarea, select')) return
    event.preventDefault()
    // Not by its button: the answer that makes it work may still be on its way.
    enqueue(event.shiftKey ? 'redo' : 'undo')
  })

  addEventListener('beforeunload', event => {
    if (!isSaved()) event.preventDefault()
  })
  addEventListener('pagehide', () => {
    navigator.sendBeacon(`${address}/presence`, new URLSearchParams({ leaving: 'yes' }))
  })
  document.addEventListener('visibilitychange', tellPresence)

  makeSortable()
  tellPresence()
  setInterval(tellPresence, 20_000)
})()
