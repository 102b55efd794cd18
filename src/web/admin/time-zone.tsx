import { timeZones } from '../../domain/newsletter.ts'
import { Select } from '../views/parts/fields.tsx'

type Props = { name: string; label: string; value?: string; error?: string }

/** All zones that this runtime knows. */
export const TimeZone = (props: Props) => (
  <Select {...props} options={timeZones.map(zone => ({ value: zone, label: zone.replaceAll('_', ' ') }))} />
)
