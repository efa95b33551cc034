using System.Text.Json;

namespace Sentinel.Core.Settings;

/// <summary>All live settings. Each takes effect on every replica within a second.</summary>
public static class LiveSettings
{
    public static IReadOnlyList<LiveSetting> All { get; } =
    [
        Boolean(
            "bindOnArrival", "Sentinel:Decisions:BindOnArrival", otherwise: false,
            "Binds a key when its first request arrives, not when downstream has accepted it."),
        Number(
            "ipv4Prefix", "Sentinel:Decisions:IPv4Prefix", 8, 32, otherwise: 32,
            "How many leading bits of an IPv4 address a first use binds."),
        Number(
            "ipv6Prefix", "Sentinel:Decisions:IPv6Prefix", 16, 128, otherwise: 64,
            "How many leading bits of an IPv6 address a first use binds."),
        Seconds(
            "claimLease", "Sentinel:Decisions:ClaimLease", 1, 600, otherwise: 60,
            "How long a first use holds its key unless it is renewed."),
        Seconds(
            "claimWait", "Sentinel:Decisions:ClaimWait", 0, 60, otherwise: 5,
            "How long a request waits for the outcome of another network's first use."),
        Seconds(
            "idleTimeout", "Sentinel:Forwarding:IdleTimeout", 1, 86_400, otherwise: 900,
            "How long neither side of a forwarded request may send anything."),
        Seconds(
            "tokenLifetime", "Sentinel:Operators:TokenLifetime", 60, 604_800, otherwise: 28_800,
            "How long an operator stays signed in."),
        Number(
            "loginFailures", "Sentinel:Operators:MaxFailures", 1, 100, otherwise: 5,
            "How many failures of one operator from one network lock it out."),
        Seconds(
            "loginWindow", "Sentinel:Operators:FailureWindow", 1, 86_400, otherwise: 900,
            "How long failures are counted and a lockout lasts."),
    ];

    public static LiveSetting? Find(string name) => All.FirstOrDefault(setting => setting.Name == name);

    private static LiveSetting Boolean(string name, string path, bool otherwise, string effect) =>
        new(name, path, SettingKind.Boolean, JsonSerializer.SerializeToElement(otherwise), effect);

    private static LiveSetting Number(
        string name, string path, long minimum, long maximum, long otherwise, string effect) =>
        new(name, path, SettingKind.Number, JsonSerializer.SerializeToElement(otherwise), effect)
        {
            Minimum = minimum,
            Maximum = maximum,
        };

    private static LiveSetting Seconds(
        string name, string path, long minimum, long maximum, long otherwise, string effect) =>
        Number(name, path, minimum, maximum, otherwise, effect) with { Kind = SettingKind.Seconds };
}
