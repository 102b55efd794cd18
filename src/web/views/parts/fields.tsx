import type { Child, PropsWithChildren } from 'hono/jsx'

type Common = {
  label: Child
  name: string
  /** Under the label: what to write here. */
  hint?: Child
  /** What is wrong, and what to do, one thing or several; stands beside the field and is read with it. */
  error?: string | readonly Child[]
  /** Where the name occurs twice on a page. */
  id?: string
  required?: boolean
  disabled?: boolean
  autofocus?: boolean
  /** The form's id, where the field stands outside of it. */
  form?: string
}

export type FieldProps = Common & {
  value?: string | number | null
  type?:
    | 'text'
    | 'email'
    | 'url'
    | 'search'
    | 'number'
    | 'date'
    | 'time'
    | 'datetime-local'
    | 'color'
    | 'file'
  placeholder?: string
  autocomplete?: string
  inputmode?: 'text' | 'email' | 'url' | 'numeric' | 'search'
  maxlength?: number
  min?: string | number
  max?: string | number
  step?: string | number
  accept?: string
  /** The id of a datalist with values to choose from. */
  list?: string
  /** Standing in one row with the field, such as its button. */
  beside?: Child
  size?: 'short'
}

const describedBy = (id: string, { hint, error }: Common) =>
  [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined

const shared = (id: string, props: Common) => ({
  id,
  name: props.name,
  required: props.required,
  disabled: props.disabled,
  autofocus: props.autofocus,
  form: props.form,
  'aria-invalid': props.error ? ('true' as const) : undefined,
  'aria-describedby': describedBy(id, props),
})

const Labelled = ({ id, children, ...props }: PropsWithChildren<Common & { id: string }>) => (
  <div class={props.error ? 'field field-wrong' : 'field'}>
    <label for={id}>{props.label}</label>
    {props.hint && (
      <p class="hint" id={`${id}-hint`}>
        {props.hint}
      </p>
    )}
    {children}
    <FieldError id={id} error={props.error} />
  </div>
)

const FieldError = ({ id, error }: { id: string; error?: Common['error'] }) => {
  if (!error) return null
  return typeof error === 'string' ? (
    <p class="error" id={`${id}-error`}>
      {error}
    </p>
  ) : (
    <ul class="errors" id={`${id}-error`}>
      {error.map(one => (
        <li class="error">{one}</li>
      ))}
    </ul>
  )
}

/** A field of one line with its label, hint and error. */
export const Field = (props: FieldProps) => {
  const id = props.id ?? props.name
  const input = (
    <input
      {...shared(id, props)}
      type={props.type ?? 'text'}
      value={props.value ?? undefined}
      placeholder={props.placeholder}
      autocomplete={props.autocomplete}
      inputmode={props.inputmode}
      maxlength={props.maxlength}
      min={props.min}
      max={props.max}
      step={props.step}
      accept={props.accept}
      list={props.list}
      class={props.size}
    />
  )
  return (
    <Labelled {...props} id={id}>
      {props.beside ? (
        <div class="row">
          {input}
          {props.beside}
        </div>
      ) : (
        input
      )}
    </Labelled>
  )
}

/** A field of several lines. */
export const TextArea = (
  props: Common & {
    value?: string | null
    rows?: number
    maxlength?: number
    placeholder?: string
    readonly?: boolean
    /** Something to copy, in letters of one width. */
    code?: boolean
  },
) => {
  const id = props.id ?? props.name
  return (
    <Labelled {...props} id={id}>
      <textarea
        {...shared(id, props)}
        rows={props.rows ?? 4}
        maxlength={props.maxlength}
        placeholder={props.placeholder}
        readonly={props.readonly}
        class={props.code ? 'code' : undefined}
      >
        {`\n${props.value ?? ''}`}
      </textarea>
    </Labelled>
  )
}

/** Fields that mean one thing together, in a row where there is room. */
export const Together = ({ legend, hint, children }: PropsWithChildren<{ legend: Child; hint?: Child }>) => (
  <fieldset class="together">
    <legend>{legend}</legend>
    {hint && <p class="hint">{hint}</p>}
    <div class="together-fields">{children}</div>
  </fieldset>
)

export type Option = { value: string; label: Child; hint?: Child; note?: Child; disabled?: boolean }

/** One of a list. */
export const Select = (
  props: Common & { value?: string | null; options: { value: string; label: string }[] },
) => {
  const id = props.id ?? props.name
  return (
    <Labelled {...props} id={id}>
      <select {...shared(id, props)}>
        {props.options.map(option => (
          <option value={option.value} selected={option.value === (props.value ?? '')}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** Any number of a list, ticked one by one; `kind="radio"`: exactly one of it. */
export const Checks = (
  props: Omit<Common, 'label' | 'autofocus'> & {
    legend: Child
    /** Where the page's heading already says it. */
    legendHidden?: boolean
    options: Option[]
    values: readonly string[]
    kind?: 'checkbox' | 'radio'
  },
) => {
  const id = props.id ?? props.name
  const described = describedBy(id, { label: '', ...props })
  return (
    <fieldset class={props.error ? 'checks field-wrong' : 'checks'} aria-describedby={described}>
      <legend class={props.legendHidden ? 'apart-for-eyes' : undefined}>{props.legend}</legend>
      {props.hint && (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <ul>
        {props.options.map(option => (
          <li>
            <label>
              <input
                type={props.kind ?? 'checkbox'}
                name={props.name}
                value={option.value}
                checked={props.values.includes(option.value)}
                disabled={option.disabled}
                required={props.kind === 'radio' && props.required}
              />
              <span class="check-text">
                <span class="check-label">{option.label}</span>
                {option.note && <span class="check-note">{option.note}</span>}
                {option.hint && <span class="check-hint">{option.hint}</span>}
              </span>
            </label>
          </li>
        ))}
      </ul>
      <FieldError id={id} error={props.error} />
    </fieldset>
  )
}

/** One thing to tick or leave. */
export const Check = (props: Common & { value?: string; checked?: boolean }) => {
  const id = props.id ?? props.name
  return (
    <div class={props.error ? 'field check field-wrong' : 'field check'}>
      <label>
        <input type="checkbox" {...shared(id, props)} value={props.value ?? 'on'} checked={props.checked} />
        <span class="check-text">
          <span class="check-label">{props.label}</span>
          {props.hint && (
            <span class="check-hint" id={`${id}-hint`}>
              {props.hint}
            </span>
          )}
        </span>
      </label>
      <FieldError id={id} error={props.error} />
    </div>
  )
}
