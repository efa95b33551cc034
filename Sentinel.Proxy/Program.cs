var builder = WebApplication.CreateBuilder(args);
var app = builder.Build();
app.MapGet("/health", () => new { status = "ok" });
app.Run();

namespace Sentinel.Proxy
{
    public sealed partial class Program;
}
