namespace Sentinel.Tests.Functional.Faults;

/// <summary>Which stores a fault takes away.</summary>
[Flags]
public enum Stores
{
    None = 0,
    Redis = 1,
    Postgres = 2,
    Both = Redis | Postgres,
}
