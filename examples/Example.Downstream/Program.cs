using Example.Downstream.Dialects;
using Example.Downstream.Plain;
using Example.Downstream.Seen;

var builder = WebApplication.CreateBuilder(args);
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning); // its request lines would hold keys
builder.AddUploads();   // bodies of any size and any speed
builder.AddSeen();      // remembers which key came from where

var app = builder.Build();
app.UseBench();         // GET /bench: 200 bytes, before anything else costs time
app.UseSeen();          // GET, DELETE /_seen
app.UseWebSockets();
app.UseGeminiLive();    // a double slash is no route
app.UseRouting();

app.MapGet("/health", () => new { status = "ok" });
app.MapOpenAi();        // /v1/chat/completions, /v1/responses, /v1/embeddings, /v1/models
app.MapOpenAiRealtime(); // /v1/realtime
app.MapAzure();         // /openai/deployments/{deployment}/…
app.MapAnthropic();     // /v1/messages
app.MapGemini();        // /v1beta/models/{model}:generateContent, …
app.MapSocketEcho();    // /ws/echo
app.MapTrailers();      // /trailers
app.MapBytes();         // /bytes/{count}
app.MapTicks();         // /ticks/{count}
app.MapEcho();          // whatever else: says what it received
app.Run();

namespace Example.Downstream
{
    public sealed partial class Program;
}
