using Sentinel.AdminApi.Alerts;
using Sentinel.AdminApi.Audit;
using Sentinel.AdminApi.Bindings;
using Sentinel.AdminApi.Doctor;
using Sentinel.AdminApi.Intercepts;
using Sentinel.AdminApi.Operators;
using Sentinel.AdminApi.Overview;
using Sentinel.AdminApi.Problems;
using Sentinel.AdminApi.Retention;
using Sentinel.AdminApi.Secrets;
using Sentinel.AdminApi.Settings;
using Sentinel.ServiceDefaults;
using Sentinel.ServiceDefaults.Callers;
using Sentinel.Storage;

var builder = WebApplication.CreateBuilder(args);

builder.AddServiceDefaults(); // telemetry, health, the setting names of existing installations
builder.AddStorage(); // PostgreSQL is the truth, Redis a cache and a bell
builder.AddCallers(); // who is calling: the real address, behind nginx and the console too
builder.AddProblems(); // every error says what to do about it, in one shape
builder.AddOperators(); // who may sign in, and what a token proves
builder.AddBindings(); // keys, their networks, and that all replicas hear of a change
builder.AddIntercepts(); // what was refused, page by page or as a file
builder.AddOverview(); // the numbers of the dashboard
builder.AddAlerts(); // refusals that somebody must hear of, until he did
builder.AddRetention(); // what is old goes, a little at a time
builder.AddSettings(); // what may be changed while everything runs
builder.AddDoctor(); // why a caller is taken for whom he is taken

builder.Services.AddOpenApi(); // the contract, for developers

var app = builder.Build();

app.UseProblems();
app.UseOperators();
app.MapHealth();
if (app.Environment.IsDevelopment())
{
    app.MapOpenApi().AllowAnonymous();
}

var api = app.MapGroup("/admin/api").RequireAuthorization();
api.MapOperators();
api.MapOverview();
api.MapBindings();
api.MapIntercepts();
api.MapSettings();
api.MapAudit();
api.MapAlerts();
api.MapRetention();
api.MapDoctor();
api.MapSecrets();

app.Run();

namespace Sentinel.AdminApi
{
    public sealed partial class Program;
}
