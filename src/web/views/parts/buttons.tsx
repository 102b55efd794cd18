import type { PropsWithChildren } from 'hono/jsx'

type Look = {
  /** `main` is filled: one a page, the thing the page is for. `danger` is for what can't be undone. */
  kind?: 'main' | 'plain' | 'danger'
  /** 32 px high, for rows of tables. */
  small?: boolean
}

type ButtonProps = PropsWithChildren<
  Look & {
    name?: string
    value?: string
    id?: string
    type?: 'submit' | 'button'
    disabled?: boolean
    form?: string
    formaction?: string
    formnovalidate?: boolean
    formmethod?: 'get' | 'post'
    formtarget?: '_blank'
    /** What it says to those who don't see it, where the words alone don't tell. */
    label?: string
  }
>

const classOf = ({ kind = 'plain', small }: Look) =>
  ['button', kind !== 'plain' && `button-${kind}`, small && 'button-small'].filter(Boolean).join(' ')

/** Says what it does, with the number: "Send to 4,812 readers". */
export const Button = ({ kind, small, type = 'submit', label, children, ...rest }: ButtonProps) => (
  <button type={type} class={classOf({ kind, small })} aria-label={label} {...rest}>
    {children}
  </button>
)

/** Looks like a button, and only goes somewhere. */
export const ButtonLink = ({
  kind,
  small,
  href,
  label,
  children,
}: PropsWithChildren<Look & { href: string; label?: string }>) => (
  <a class={classOf({ kind, small })} href={href} aria-label={label}>
    {children}
  </a>
)

/** Buttons in a row, the main one first. */
export const Buttons = ({ children }: PropsWithChildren) => <div class="buttons">{children}</div>
