import { GoogleGenAI } from '@google/genai';
import { report, script } from './report.mjs';

const clientOf = ({ address, key }) => new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: address } });

await report({
  async *chat(at) {
    const answer = await clientOf(at).models.generateContent({ model: 'example', contents: 'Hello?' });
    yield answer.text;
  },

  async *stream(at) {
    const stream = await clientOf(at).models.generateContentStream({ model: script, contents: 'Hello?' });
    for await (const chunk of stream) yield chunk.text;
  },

  async *live(at) {
    const waiting = [];
    let wake = () => {};
    const put = (item) => {
      waiting.push(item);
      wake();
    };
    const session = await Promise.race([
      clientOf(at).live.connect({
        model: script,
        callbacks: { onmessage: (message) => put({ message }), onerror: (error) => put({ error }), onclose: () => {} },
      }),
      new Promise((_, reject) => (wake = () => waiting[0]?.error && reject(waiting[0].error))),
    ]);
    session.sendClientContent({ turns: 'Hello?', turnComplete: true });
    while (true) {
      while (waiting.length === 0) await new Promise((resolve) => (wake = resolve));
      const { message, error } = waiting.shift();
      if (error) throw error;
      const text = message.serverContent?.modelTurn?.parts?.[0]?.text;
      if (text) yield text;
      if (message.serverContent?.turnComplete) return;
    }
  },
});
