import type { CompiledMessage, Pieces } from '../../src/domain/rendering.ts'
import { compileMessage, prepareMessage } from '../../src/mail/message.ts'
import type { Newsroom } from '../support/sending.ts'

/** Octets of one reader's message; `sample`: what the sample's digest comes to. */
export type MessageSize = number | 'sample'

export const parseSize = (text: string): MessageSize => (text === 'sample' ? text : Number(text) * 1000)

/**
 * From now on a dispatch that starts gets messages of this size. Our template alone is larger than 6 KB, so the
 * rendering is made as ever and its message is another: the sender knows nothing of it, and personalises it alike.
 */
export async function replaceMessages({ raw }: Newsroom, size: MessageSize): Promise<void> {
  await raw.unsafe(`
    create schema if not exists bench;
    create table if not exists bench.message (message jsonb not null);
    create or replace function bench.replace_message() returns trigger language plpgsql as $$
      begin
        new.message := coalesce((select message from bench.message), new.message);
        return new;
      end $$;
    create or replace trigger bench_replace_message before insert on renderings
      for each row execute function bench.replace_message();
    delete from bench.message;`)
  if (size !== 'sample')
    await raw`insert into bench.message values (${JSON.stringify(await messageOfSize(size))}::text::jsonb)`
}

const sentence =
  'The company tells Congress that it will no longer sell the technology to anybody, it says today. '

async function messageOfSize(bytes: number): Promise<CompiledMessage> {
  const [bare, filled] = await Promise.all([sizeOf(compile(0)), sizeOf(compile(10_000))])
  return compile(Math.max(0, Math.round(((bytes - bare) / (filled - bare)) * 10_000)))
}

/** A message with every slot, and so many characters of text, most of them HTML. */
function compile(characters: number): CompiledMessage {
  const text = (share: number) =>
    sentence.repeat(Math.ceil(characters / sentence.length)).slice(0, Math.round(characters * share))
  const html: Pieces = [
    '<!doctype html><html><body><p>Good morning ',
    { slot: 'name' },
    `.</p><p>${text(0.75)}</p><p><a href="`,
    { slot: 'preferences' },
    '">Preferences</a> <a href="',
    { slot: 'unsubscribe' },
    '">Unsubscribe</a></p></body></html>\n',
  ]
  const plain: Pieces = [
    'Good morning ',
    { slot: 'name' },
    `.\n\n${text(0.25)}\n\nPreferences: `,
    { slot: 'preferences' },
    '\nUnsubscribe: ',
    { slot: 'unsubscribe' },
    '\n',
  ]
  return compileMessage({
    subject: 'IBM leaves facial recognition',
    fromName: 'The Bulletin',
    fromAddress: 'news@bulletin.example',
    replyTo: null,
    listId: 'bench.bulletin.example',
    listName: 'The bench brief',
    feedbackId: '1:bench:digest:bulletin.example',
    html,
    text: plain,
  })
}

async function sizeOf(message: CompiledMessage): Promise<number> {
  const chunks = await prepareMessage(message).for({
    address: 'reader12345@three.example',
    name: 'Reader 12345',
    unsubscribeUrl: 'http://localhost:3000/unsubscribe/1.u.12345.123.123.aaaaaaaaaaaaaaaaaaaaaa',
    preferencesUrl: 'http://localhost:3000/preferences/1.m.12345.123.aaaaaaaaaaaaaaaaaaaaaa',
    messageId: '<d123.12345.abcdefgh@bulletin.example>',
    delivery: '123.12345',
    date: new Date(),
  })
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0)
}
