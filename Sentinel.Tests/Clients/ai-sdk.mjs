import { createAnthropic } from '@ai-sdk/anthropic';
import { generateText, streamText } from 'ai';
import { report, script } from './report.mjs';

const providerOf = ({ address, key }) => createAnthropic({ baseURL: `${address}v1`, apiKey: key });

await report({
  async *chat(at) {
    const { text } = await generateText({ model: providerOf(at)('example'), prompt: 'Hello?' });
    yield text;
  },

  async *stream(at) {
    const { fullStream } = streamText({ model: providerOf(at)(script), prompt: 'Hello?', onError: () => {} });
    for await (const part of fullStream) {
      if (part.type === 'error') throw part.error;
      if (part.type === 'text-delta') yield part.text;
    }
  },
});
