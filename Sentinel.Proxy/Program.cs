using Sentinel.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();

var app = builder.Build();
app.MapHealth();
app.Run();

namespace Sentinel.Proxy
{
    public sealed partial class Program;
}
