import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import type { Language } from '../../domain/languages.ts'
import { links } from '../../domain/links.ts'
import { formPromise } from '../../domain/wording.ts'
import { siteWords } from '../../domain/words/site.ts'
import { findNewsletter, type Newsletter } from '../../store/newsletters.ts'
import { readPublication } from '../../store/publication.ts'
import type { AppEnv } from '../env.ts'
import { TextArea } from '../views/parts/fields.tsx'
import { Notice } from '../views/parts/status.tsx'
import { ReaderPage } from '../views/reader-page.tsx'
import { sayWhen } from '../views/sign-up-form.tsx'
import { noSuchNewsletter } from './missing.tsx'

/** A form that a publication puts on its own pages: HTML to copy, and the same form as it works. */
export const embed = new Hono<AppEnv>().get('/embed/:newsletter', async c => {
  const { db, config } = c.var.services
  const newsletter = await findNewsletter(db, c.req.param('newsletter'))
  if (!newsletter) return noSuchNewsletter(c)
  const publication = await readPublication(db)
  const { language, name } = newsletter
  const words = siteWords[language].embed
  const snippet = String(formSnippet(newsletter, publication.name, config.publicUrl, language)).trim()
  return c.html(
    <ReaderPage title={words.title(name)} publication={publication} language={language} noindex>
      <p>{words.intro}</p>
      {newsletter.state === 'closed' && <Notice tone="look">{words.closed}</Notice>}
      <TextArea label={words.code} name="code" value={snippet} rows={11} readonly code />
      <h2>{words.sample}</h2>
      <p class="hint">{words.sampleText}</p>
      <div class="sample">{raw(snippet)}</div>
    </ReaderPage>,
  )
})

/** Plain HTML without class or style, so that it looks like the page around it. */
function formSnippet(newsletter: Newsletter, publication: string, publicUrl: string, language: Language) {
  const words = siteWords[language].signUp
  const { slug, name, description } = newsletter
  return html`
<form action="${links.subscribe(publicUrl)}" method="post">
  <p><strong>${name}</strong> (${sayWhen(newsletter, language)})${
    description &&
    html`<br>
  ${description}`
  }${
    newsletter.carriesAdvertising &&
    html`<br>
  ${words.advertising}`
  }</p>
  <p><label for="${slug}-email">${words.email}</label><br>
  <input type="email" name="email" id="${slug}-email" autocomplete="email" required>
  <input type="hidden" name="newsletter" value="${slug}">
  <button type="submit">${words.buttonOf(name)}</button></p>
  <p><small>${formPromise[language](publication)}
  <a href="${links.privacy(publicUrl)}">${words.keep}</a></small></p>
</form>`
}
