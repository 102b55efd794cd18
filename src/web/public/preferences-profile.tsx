import { languages } from '../../domain/languages.ts'
import { joiningWords } from '../../domain/words/joining.ts'
import { preferencesWords } from '../../domain/words/preferences.ts'
import type { Subscriber } from '../../store/subscribers.ts'
import { Button, ButtonLink, Buttons } from '../views/parts/buttons.tsx'
import { Field, Select } from '../views/parts/fields.tsx'
import { type Place, type Told, toPage } from './preferences-place.ts'

type Props = Told & { place: Place; subscriber: Subscriber }

/** What only a fresh link opens besides joining: name and language, the address, and the reader's data. */
export const Profile = ({ place, subscriber, changed, faults }: Props) => {
  const words = preferencesWords[place.language].preferences
  return (
    <>
      <section class="part">
        <h2>{words.you}</h2>
        <You place={place} subscriber={subscriber} faults={faults} />
      </section>
      <section class="part">
        <h2>{words.address}</h2>
        <NewAddress place={place} changed={changed} faults={faults} />
      </section>
      <section class="part">
        <h2>{words.data}</h2>
        <p>{words.dataText}</p>
        <Buttons>
          <ButtonLink href={`/preferences/${place.token}/export.json`}>{words.json}</ButtonLink>
          <ButtonLink href={`/preferences/${place.token}/export.csv`}>{words.csv}</ButtonLink>
          <ButtonLink kind="danger" href={`/preferences/${place.token}/erase`}>
            {words.erase}
          </ButtonLink>
        </Buttons>
      </section>
    </>
  )
}

const You = ({ place, subscriber, faults = {} }: Omit<Props, 'changed'>) => {
  const words = preferencesWords[place.language].preferences
  const refusals = joiningWords[place.language].faults.name
  return (
    <form class="form" {...toPage(place)}>
      <Field
        label={words.name}
        name="name"
        autocomplete="name"
        hint={words.nameHint}
        value={faults.typed?.name ?? subscriber.name}
        error={faults.name && refusals[faults.name]}
      />
      <Select
        label={words.language}
        name="language"
        value={subscriber.locale}
        options={languages.map(language => ({ value: language, label: words.languages[language] }))}
      />
      <Button name="do" value="profile">
        {words.save}
      </Button>
    </form>
  )
}

const NewAddress = ({ place, changed, faults = {} }: Omit<Props, 'subscriber'>) => {
  const words = preferencesWords[place.language].preferences
  const { email, sameAddress } = joiningWords[place.language].faults
  const reason = changed?.kind === 'address-refused' ? changed.reason : undefined
  return (
    <form class="form" {...toPage(place)} novalidate>
      <Field
        label={words.newAddress}
        name="email"
        type="email"
        autocomplete="email"
        hint={words.newAddressHint}
        value={faults.typed?.email}
        error={reason && (reason === 'same' ? sameAddress : email[reason])}
      />
      <Button name="do" value="address">
        {words.change}
      </Button>
    </form>
  )
}
