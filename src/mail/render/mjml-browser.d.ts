declare module 'mjml-browser' {
  export { default } from 'mjml'
}
