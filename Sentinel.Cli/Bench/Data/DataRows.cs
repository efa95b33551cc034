using System.Globalization;
using System.Text;
using Sentinel.Core.Credentials;

namespace Sentinel.Cli.Bench.Data;

/// <summary>Rows as an installation would have them after years, in PostgreSQL's COPY format.</summary>
internal sealed class DataRows(DataPlan plan, string secret, DateTimeOffset now) : IDisposable
{
    private static readonly string[] _reasons =
        ["address_mismatch", "address_mismatch", "address_mismatch", "banned", "approval_required", "bind_flood"];

    private readonly Fingerprinter _fingerprinter = new(Encoding.UTF8.GetBytes(secret));

    public const string BindingColumns =
        "id, fingerprint, hint, state, networks, label, created_at, first_used_from, last_used_at, last_used_from";

    public const string InterceptColumns =
        "id, occurred_at, reason, observed, hint, fingerprint, binding_id, caller, networks, method, path, user_agent,"
        + " request_id, trace_id, route, count";

    /// <summary>The key of a binding.</summary>
    public static string KeyOf(int binding) => string.Create(CultureInfo.InvariantCulture, $"sk-bench-{binding:d32}");

    /// <summary>What a person sees of it.</summary>
    public static string HintOf(int binding) => $"sk-…{Tail(binding)}";

    /// <summary>The network of a binding that is none of the gate's.</summary>
    public static string AddressOf(int binding)
    {
        var bits = Mix(binding);
        return $"{11 + (bits % 200)}.{(bits >> 8) % 256}.{(bits >> 16) % 256}.{(bits >> 24) % 256}";
    }

    public string Binding(int n)
    {
        var isGate = n < DataPlan.GateKeys;
        var state = IsIdle(n) || isGate ? "active" : (n % 50) switch { 0 => "banned", 1 => "archived", _ => "active" };
        var used = LastUse(n);
        var address = isGate ? "127.0.0.1" : AddressOf(n);
        var label = n % 10 == 0 ? $"team {n % 5_000}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{IdOf(n)}\t{Fingerprint(n)}\t{HintOf(n)}\t{state}\t{{{address}/32}}\t{label}\t{Time(used.AddDays(-30))}\t"
            + $"{address}\t{Time(used)}\t{address}\n");
    }

    public string NetworkOf(int n) =>
        $"{IdOf(n)}\t{(n < DataPlan.GateKeys ? "127.0.0.1" : AddressOf(n))}/32\t{Time(LastUse(n).AddDays(-30))}\n";

    /// <summary>A row of the log; the last is the newest.</summary>
    public string Intercept(int n)
    {
        var binding = (int)(Mix(n) % (uint)plan.Bindings);
        var at = now.AddSeconds(-(double)(plan.Intercepts - n) * DataPlan.Days * 86_400 / plan.Intercepts);
        var id = Mix(n + 0x5EED);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{n:x8}-0000-4000-8000-{id:x12}\t{Time(at)}\t{_reasons[n % _reasons.Length]}\tf\t{HintOf(binding)}\t\\N\t"
            + $"{IdOf(binding)}\t{AddressOf(n % 50_000)}\t{{{AddressOf(binding)}/32}}\tPOST\t/v1/chat/completions\t"
            + $"OpenAI/Python 2.{n % 40}.0\t{id:x16}{n:x16}\t{id:x16}{n:x16}\tdefault\t{1 + (n % 3)}\n");
    }

    public void Dispose() => _fingerprinter.Dispose();

    private bool IsIdle(int n) => n >= DataPlan.GateKeys && n < DataPlan.GateKeys + plan.Idle;

    private DateTimeOffset LastUse(int n) =>
        IsIdle(n) ? now.AddDays(-100 - (n % 300)) : now.AddSeconds(-(Mix(n) % (80 * 86_400)));

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff+00", CultureInfo.InvariantCulture);

    private static string IdOf(int n) =>
        string.Create(CultureInfo.InvariantCulture, $"{Mix(n):x8}-{n >> 16:x4}-4000-8000-{n:x12}");

    private static string Tail(int n)
    {
        const string Digits = "0123456789abcdefghijklmnopqrstuvwxyz";
        var bits = Mix(n);
        return string.Create(4, bits, (tail, rest) =>
        {
            for (var i = 0; i < tail.Length; i++)
            {
                (tail[i], rest) = (Digits[(int)(rest % 36)], rest / 36);
            }
        });
    }

    /// <summary>The same number always gives the same, and neighbours nothing alike.</summary>
    private static uint Mix(int n)
    {
        var bits = (uint)n * 0x9E37_79B9;
        bits = (bits ^ (bits >> 16)) * 0x85EB_CA6B;
        return bits ^ (bits >> 13);
    }

    private string Fingerprint(int n) => $"\\\\x{_fingerprinter.Compute(KeyOf(n), foldsCase: true)}";
}
