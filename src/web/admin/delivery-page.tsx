import type { Home } from '../../actions/home.ts'
import { sayNumber } from '../../domain/dates.ts'
import type { DkimRecord } from '../../domain/dkim-record.ts'
import type { Found } from '../../domain/preflight/finding.ts'
import { commonWords } from '../../domain/words/common.ts'
import { failureRuleWords } from '../../domain/words/failure-rules.ts'
import { sayFound } from '../../domain/words/findings.ts'
import { mailDomainWords } from '../../domain/words/mail-domains.ts'
import { type SettingsWords, settingsWords } from '../../domain/words/settings.ts'
import type { MailDomain } from '../../store/mail-domains.ts'
import { Findings, Notice } from '../views/parts/status.tsx'
import { WorkspacePage } from '../views/workspace-page.tsx'
import { FailureRules, type RulesForm } from './failure-rules.tsx'
import type { WorkspaceFrame } from './frame.ts'
import { type LimitDone, type LimitForm, LimitNotice, MailDomains } from './mail-domains.tsx'
import { SettingsTabs } from './settings-tabs.tsx'

export type MailRoute =
  | { kind: 'mailbox' }
  | { kind: 'smtp'; server: string; security: keyof SettingsWords['delivery']['security'] }

type Facts = {
  route: MailRoute
  publicUrl: string
  home: Home
  bounceAddress?: string
  sendRate?: number
  dkim?: { domain: string; selector: string; record?: DkimRecord }
  refusals: Found[]
}

type Props = WorkspaceFrame &
  Facts & {
    domains: MailDomain[]
    limit: LimitForm
    rules: RulesForm
    done?: DeliveryDone
  }

/** What was just done on this page. */
export type DeliveryDone = { kind: 'claimed' | 'saved' } | LimitDone

/** What the environment says about mail, read-only, and what an owner rules about it. */
export const DeliveryPage = (props: Props) => {
  const words = settingsWords[props.language].delivery
  return (
    <WorkspacePage {...props} title={words.title} current="settings" notice={<Notices {...props} />}>
      <SettingsTabs current="delivery" actor={props.actor} />
      <p class="hint">{words.intro}</p>
      <FactList {...props} />
      {props.dkim?.record && <DnsRecord record={props.dkim.record} words={words} />}
      <h2>{words.before}</h2>
      <p class="hint">{props.route.kind === 'mailbox' ? words.beforeMailbox : words.beforeHint}</p>
      <Findings items={findingsOf(props)} />
      <MailDomains
        domains={props.domains}
        limit={props.limit}
        zone={props.publication.timeZone}
        language={props.language}
      />
      <FailureRules {...props.rules} language={props.language} />
    </WorkspacePage>
  )
}

const Notices = ({ done, home, limit, rules, language }: Props) => {
  if (Object.keys(limit.errors).length) return <Notice tone="fix">{mailDomainWords[language].failed}</Notice>
  if (Object.keys(rules.errors).length) return <Notice tone="fix">{failureRuleWords[language].failed}</Notice>
  if (!done) return null
  switch (done.kind) {
    case 'saved':
      return <Notice tone="good">{failureRuleWords[language].saved}</Notice>
    case 'claimed':
      return home.kind === 'home' ? (
        <Notice tone="good">{settingsWords[language].delivery.claimed}</Notice>
      ) : null
    default:
      return <LimitNotice done={done} language={language} />
  }
}

const FactList = ({
  route,
  publicUrl,
  home,
  publication,
  bounceAddress,
  sendRate,
  dkim,
  language,
}: Props) => {
  const words = settingsWords[language].delivery
  const facts: [string, string][] = [
    [
      words.transport,
      route.kind === 'mailbox'
        ? words.mailbox
        : `${words.smtp(route.server)}, ${words.security[route.security]}`,
    ],
    [words.publicUrl, publicUrl],
    [words.home, home.kind === 'copy' ? home.of : (publication.home ?? words.noHome)],
    [words.bounces, bounceAddress ?? words.bouncesFrom],
    [words.rate, sendRate ? words.perSecond(sayNumber(sendRate, language)) : words.unlimited],
    [words.dkim, dkim ? words.dkimBy(dkim.domain, dkim.selector) : words.noDkim],
  ]
  return (
    <dl class="facts">
      {facts.map(([name, fact]) => (
        <>
          <dt>{name}</dt>
          <dd>{fact}</dd>
        </>
      ))}
    </dl>
  )
}

const DnsRecord = ({ record, words }: { record: DkimRecord; words: SettingsWords['delivery'] }) => (
  <>
    <h2>{words.record}</h2>
    <p class="hint">{words.recordHint}</p>
    <dl class="facts">
      <dt>{words.recordType}</dt>
      <dd>
        <code>TXT</code>
      </dd>
      <dt>{words.recordName}</dt>
      <dd>
        <code>{record.name}</code>
      </dd>
      <dt>{words.recordValue}</dt>
      <dd>
        <code>{record.value}</code>
      </dd>
    </dl>
  </>
)

function findingsOf({ route, refusals, publication, dkim, language }: Props) {
  const words = settingsWords[language].delivery
  const say = (found: Found) => sayFound(found, language, publication.timeZone)
  const { states } = commonWords[language]
  const texts = refusals.map(say)
  if (!publication.senderAddress && !refusals.some(refusal => refusal.code === 'sender-missing'))
    texts.push(words.noSender)
  // Into the mailbox nothing is refused: there it is to be known, not to be mended now.
  const tone = route.kind === 'mailbox' ? 'look' : 'fix'
  const found = texts.map(text => ({ tone, word: states[tone], text }) as const)
  return [
    ...(found.length ? found : [{ tone: 'good' as const, word: states.good, text: words.ready }]),
    ...(dkim ? [] : [{ tone: 'look' as const, word: states.look, text: say({ code: 'no-dkim' }) }]),
  ]
}
