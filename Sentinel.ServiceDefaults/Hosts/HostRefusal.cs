using Microsoft.AspNetCore.Http;

namespace Sentinel.ServiceDefaults.Hosts;

/// <summary>
/// How an app tells a client that it does not answer under that name. Register one to say more than 400.
/// </summary>
public delegate Task HostRefusal(HttpContext context);
