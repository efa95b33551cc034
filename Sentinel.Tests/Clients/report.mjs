// Runs a call of a client against one address after another, and prints for each what its user would see: the text, when
// each piece of it came, how often the client tried, and its own error.
// Usage: node <client>.mjs <call> <address> <key> [<address> <key> …]

const [call, ...targets] = process.argv.slice(2);

let attempts = 0;
const fetchOnce = globalThis.fetch;
globalThis.fetch = (...request) => {
  attempts++;
  return fetchOnce(...request);
};

export const script = 'pieces-3+pause-800ms';

/** Runs the call that the command line names; `calls` are generators of pieces of text. */
export async function report(calls) {
  const reports = [];
  for (let i = 0; i < targets.length; i += 2) {
    reports.push(await run(calls[call], { address: targets[i], key: targets[i + 1] }));
  }

  console.log(JSON.stringify(reports));
  process.exit(0);
}

async function run(generator, target) {
  attempts = 0;
  const pieces = [];
  let error = null;
  try {
    for await (const text of generator(target)) {
      pieces.push({ text, at: Math.round(performance.now()) });
    }
  } catch (thrown) {
    error = { status: thrown.status ?? thrown.statusCode ?? null, message: thrown.message };
  }

  return { pieces, attempts, error };
}
