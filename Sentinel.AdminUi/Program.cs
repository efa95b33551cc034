using Sentinel.AdminUi;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.AdminUi.Components;
using Sentinel.AdminUi.Exports;
using Sentinel.AdminUi.Sessions;
using Sentinel.ServiceDefaults;
using Sentinel.ServiceDefaults.Callers;

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseStaticWebAssets();
builder.AddServiceDefaults();
builder.AddCallers(); // where operators are, behind nginx too
builder.AddAdminApi(); // the only source of what the console shows
builder.AddSessions(); // who is signed in: a cookie that carries the API's token
builder.AddAppearance(); // light or dark, and in which language
builder.AddExports(); // the intercept log as a file
builder.AddPages();

var app = builder.Build();
app.UseBasePath(); // everything but /health stands below /admin/ui
app.UseSecurityHeaders();
app.UseSessions();
app.MapHealth();
app.MapStaticAssets().AllowAnonymous();
app.MapSessions();
app.MapExports();
app.MapPages();
app.Run();

namespace Sentinel.AdminUi
{
    public sealed partial class Program;
}
