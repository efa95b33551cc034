// Runs one call of a client and prints what its user would see: the text, when each piece of it came, how often the
// client tried, and its own error.

const [call, address, key] = process.argv.slice(2);

let attempts = 0;
const fetchOnce = globalThis.fetch;
globalThis.fetch = (...request) => {
  attempts++;
  return fetchOnce(...request);
};

export const script = 'pieces-3+pause-300ms';

/** Runs the call that the command line names; `calls` are generators of pieces of text. */
export async function report(calls) {
  const pieces = [];
  let error = null;
  try {
    for await (const text of calls[call]({ address, key })) {
      pieces.push({ text, at: Math.round(performance.now()) });
    }
  } catch (thrown) {
    error = { status: thrown.status ?? thrown.statusCode ?? null, message: thrown.message };
  }

  console.log(JSON.stringify({ pieces, attempts, error }));
  process.exit(0);
}
