using Sentinel.Proxy.Callers;
using Sentinel.Proxy.Credentials;
using Sentinel.Proxy.Decisions;
using Sentinel.Proxy.Forwarding;
using Sentinel.Proxy.Routes;
using Sentinel.Proxy.State;
using Sentinel.Proxy.Trail;
using Sentinel.ServiceDefaults;
using Sentinel.ServiceDefaults.Callers;
using Sentinel.Storage;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults(); // telemetry, health and the drop-in names of settings
builder.AddStorage();         // PostgreSQL is the truth, Redis a cache and a bell
builder.AddRoutes();          // where a request leads to, and what is asked of it there
builder.AddRequestHygiene();  // what can be read in one way only
builder.AddCallers();         // who is calling: the real client address
builder.AddChainWatch();      // by which chains they come, for the doctor
builder.AddCredentials();     // what was presented: every key, in every carrier
builder.AddDecisions();       // may this key come from there
builder.AddForwarding();      // on to downstream, streamed both ways
builder.AddDenials();         // or back, in the caller's dialect
builder.AddState();           // a folder for what must outlive this process
builder.AddTrail();           // what is left of it: rows, counters, last uses

var app = builder.Build();
app.MapHealth();
app.MapRoutes();
app.Run();

namespace Sentinel.Proxy
{
    public sealed partial class Program;
}
