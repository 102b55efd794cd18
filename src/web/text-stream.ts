/** Text as it comes, one piece at a time: whoever reads slowly is not run ahead of, and who goes away ends it. */
export function textStream(pieces: AsyncGenerator<string>, goneAway = () => {}): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      goneAway()
      await pieces.return(undefined)
    },
  })
}
