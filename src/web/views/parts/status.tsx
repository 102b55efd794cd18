import type { Child, PropsWithChildren } from 'hono/jsx'

export type Tone = 'plain' | 'good' | 'look' | 'fix'

/** A state: a word in a frame plus colour. */
export const Status = ({ tone = 'plain', children }: PropsWithChildren<{ tone?: Tone }>) => (
  <span class={`status tone-${tone}`}>{children}</span>
)

const marks: Record<Tone, string> = { plain: '', good: '✓', look: '!', fix: '✕' }

/** What happened, what it means, what to do. It stays until it is dealt with; `fix` is read out at once. */
export const Notice = ({
  tone = 'plain',
  title,
  action,
  children,
}: PropsWithChildren<{ tone?: Tone; title?: Child; action?: Child }>) => (
  <div class={`notice tone-${tone}`} role={tone === 'fix' ? 'alert' : 'status'}>
    {marks[tone] && (
      <span class="mark" aria-hidden="true">
        {marks[tone]}
      </span>
    )}
    <div class="notice-text">
      {title && <p class="notice-title">{title}</p>}
      {children}
    </div>
    {action && <div class="notice-action">{action}</div>}
  </div>
)

/** An empty page says what goes here and offers the first step. */
export const Empty = ({ title, action, children }: PropsWithChildren<{ title: Child; action?: Child }>) => (
  <section class="empty">
    <h2>{title}</h2>
    {children}
    {action && <div class="buttons">{action}</div>}
  </section>
)

/** A list of findings: each a mark with its word, and a sentence. */
export const Findings = ({ items }: { items: { tone: Tone; word: string; text: Child }[] }) => (
  <ul class="findings">
    {items.map(item => (
      <li>
        <span class={`finding-word tone-${item.tone}`}>
          <span aria-hidden="true">{marks[item.tone]} </span>
          {item.word}
        </span>
        <span>{item.text}</span>
      </li>
    ))}
  </ul>
)
