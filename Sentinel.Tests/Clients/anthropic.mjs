import Anthropic from '@anthropic-ai/sdk';
import { report, script } from './report.mjs';

const messages = [{ role: 'user', content: 'Hello?' }];
const clients = {
  // The client takes its key as a bearer token or as x-api-key.
  bearer: ({ address, key }) => new Anthropic({ baseURL: address, authToken: key, apiKey: null }),
  apiKey: ({ address, key }) => new Anthropic({ baseURL: address, apiKey: key }),
};

await report({
  async *chat(at) {
    const answer = await clients.bearer(at).messages.create({ model: 'example', max_tokens: 64, messages });
    yield answer.content[0].text;
  },

  async *stream(at) {
    const stream = await clients.apiKey(at).messages.create({ model: script, max_tokens: 64, messages, stream: true });
    for await (const event of stream) {
      if (event.type === 'content_block_delta') yield event.delta.text;
    }
  },
});
