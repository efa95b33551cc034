import net from 'node:net';
import { AzureOpenAI, OpenAI } from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { report, script } from './report.mjs';

const messages = [{ role: 'user', content: 'Hello?' }];
const clientOf = ({ address, key }) => new OpenAI({ baseURL: `${address}v1`, apiKey: key });

await report({
  async *chat(at) {
    const answer = await clientOf(at).chat.completions.create({ model: 'example', messages });
    yield answer.choices[0].message.content;
  },

  async *stream(at) {
    for await (const chunk of await clientOf(at).chat.completions.create({ model: script, messages, stream: true })) {
      const text = chunk.choices[0]?.delta?.content;
      if (text) yield text;
    }
  },

  async *responses(at) {
    for await (const event of await clientOf(at).responses.create({ model: script, input: 'Hello?', stream: true })) {
      if (event.type === 'response.output_text.delta') yield event.delta;
    }
  },

  async *azure({ address, key }) {
    const client = new AzureOpenAI({ endpoint: address, apiKey: key, apiVersion: '2024-10-21', deployment: 'example' });
    const answer = await client.chat.completions.create({ model: 'example', messages });
    yield answer.choices[0].message.content;
  },

  async *realtime(at) {
    // This client insists on wss; the tests' socket has no TLS.
    const { hostname, port } = new URL(at.address);
    const options = { createConnection: () => net.connect(Number(port), hostname) };
    const realtime = new OpenAIRealtimeWS({ model: script, options }, clientOf(at));
    const events = eventsOf(realtime);
    realtime.socket.on('open', () => realtime.send({ type: 'response.create' }));
    for await (const event of events) {
      if (event.type === 'response.output_text.delta') yield event.delta;
      if (event.type === 'response.done') return;
    }
  },
});

async function* eventsOf(realtime) {
  const waiting = [];
  let wake = () => {};
  const put = (item) => {
    waiting.push(item);
    wake();
  };
  realtime.on('event', (event) => put({ event }));
  realtime.on('error', (error) => put({ error }));
  while (true) {
    while (waiting.length === 0) await new Promise((resolve) => (wake = resolve));
    const { event, error } = waiting.shift();
    if (error) throw error;
    yield event;
  }
}
