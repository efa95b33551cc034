namespace Sentinel.Proxy;

internal static class GateExtensions
{
    /// <summary>Puts the gate in front of downstream. Nothing that YARP forwards goes around it.</summary>
    public static void UseGate(this IReverseProxyApplicationBuilder proxy) => proxy.UseMiddleware<GateMiddleware>();
}
