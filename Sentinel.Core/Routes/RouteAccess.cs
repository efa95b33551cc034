namespace Sentinel.Core.Routes;

/// <summary>What a route asks of those who use it.</summary>
public enum RouteAccess
{
    /// <summary>A key, which is bound to the network of its first use.</summary>
    Binding,

    /// <summary>Nothing. Every key is removed on the way, so that none is proven or bound here.</summary>
    Public,
}
