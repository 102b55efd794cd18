/** A finished message and its envelope (RFC 5321 2.3.1). */
export type Parcel = { from: string; to: string; content: Uint8Array }

/** What came of handing a parcel to a mail server. */
export type Handover =
  | { kind: 'accepted'; reply: string }
  /** The server said no, or not now: to the session or its sender, or to this one recipient or message. */
  | { kind: 'refused'; by: 'session' | 'message'; reply: string }
  /** No reply to go by: the network, a time-out, TLS. `reply` says what happened, in the client's words. */
  | { kind: 'unreachable'; reply: string }

/** The port through which notices leave: SMTP, the built-in mailbox, which is SMTP too, or Amazon SES. */
export type Mailer = {
  /** Hands over one parcel. Never throws for what a server or the network does; an abort closes its connection. */
  send(parcel: Parcel, signal?: AbortSignal): Promise<Handover>
  /** Lets what is under way finish, and closes the connections. */
  close(): void
}
