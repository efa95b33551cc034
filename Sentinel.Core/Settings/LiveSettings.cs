using System.Text.Json;

namespace Sentinel.Core.Settings;

/// <summary>All live settings. Each takes effect on every replica within a second.</summary>
public static class LiveSettings
{
    public static IReadOnlyList<LiveSetting> All { get; } =
    [
        Choice(
            "mode", "Sentinel:Decisions:Mode", ["enforce", "observe"],
            "Whether a request is refused for its address or credential, or forwarded and only recorded."),
        Choice(
            "failsafe", "Sentinel:Decisions:Failsafe", ["closed", "frozen", "open"],
            "What happens to keys while the stores are away: all refused, known ones decided by what was last known, "
            + "or unknown ones forwarded too."),
        Choice(
            "archivedKeys", "Sentinel:Decisions:ArchivedKeys", ["approve", "rebind"],
            "What becomes of an archived key that another network uses: it waits for approval, or is bound anew."),
        Boolean(
            "bindOnArrival", "Sentinel:Decisions:BindOnArrival", otherwise: false,
            "Binds a key when its first request arrives, not when downstream has accepted it."),
        Number(
            "ipv4Prefix", "Sentinel:Decisions:IPv4Prefix", 8, 32, otherwise: 32,
            "How many leading bits of an IPv4 address a first use binds."),
        Number(
            "ipv6Prefix", "Sentinel:Decisions:IPv6Prefix", 16, 128, otherwise: 64,
            "How many leading bits of an IPv6 address a first use binds. Beyond 64, those who wait for approval in one "
            + "/64 are listed as the one who asked last."),
        Number(
            "maxNetworks", "Sentinel:Decisions:MaxNetworks", 1, 100, otherwise: 10,
            "How many networks one key may have."),
        Seconds(
            "claimLease", "Sentinel:Decisions:ClaimLease", 1, 600, otherwise: 60,
            "How long a first use holds its key unless it is renewed."),
        Seconds(
            "claimWait", "Sentinel:Decisions:ClaimWait", 0, 60, otherwise: 5,
            "How long a request waits for the outcome of another network's first use."),
        Number(
            "capPerNetwork", "Sentinel:Decisions:Caps:PerNetwork", 1, 1_000_000, otherwise: 100,
            "How many keys one IPv4 address or IPv6 /64 may bind within an hour, and how many may fail to bind."),
        Number(
            "capPerSite", "Sentinel:Decisions:Caps:PerSite", 1, 1_000_000, otherwise: 1_000,
            "The same for a whole IPv6 /48."),
        Networks(
            "capExempt", "Sentinel:Decisions:Caps:Exempt",
            "The networks whose first uses are not counted."),
        Seconds(
            "idleTimeout", "Sentinel:Forwarding:IdleTimeout", 1, 86_400, otherwise: 900,
            "How long neither side of a forwarded request may send anything."),
        Networks(
            "trustedProxies", "Sentinel:Callers:TrustedProxies",
            "The networks of the proxies in front, which may say for whom they speak."),
        Number(
            "archiveDays", "Sentinel:Retention:ArchiveDays", 1, 3_650, otherwise: 90,
            "After how many days without use a binding is archived."),
        Number(
            "alertThreshold", "Sentinel:Alerts:Threshold", 1, 1_000_000, otherwise: 10,
            "How many refusals of one key within alertWindow raise an alert."),
        Seconds(
            "alertWindow", "Sentinel:Alerts:Window", 10, 86_400, otherwise: 600,
            "How long the refusals of a key are counted together."),
        Seconds(
            "alertSilence", "Sentinel:Alerts:Silence", 0, 604_800, otherwise: 3_600,
            "How long nothing more is said about a key after an alert."),
        Secret(
            "alertWebhook", "Sentinel:Alerts:WebhookUrl", SettingKind.Address, 0, 0,
            "Where alerts are posted. It often holds a token, so it is never shown again."),
        Choice(
            "alertFormat", "Sentinel:Alerts:Format", ["generic", "slack", "feishu", "dingtalk", "telegram", "ntfy"],
            "What the receiver of alerts understands."),
        Secret(
            "alertSecret", "Sentinel:Alerts:Secret", SettingKind.Text, 16, 200,
            "Signs alerts; for Feishu and DingTalk the secret of the bot. It is never shown again."),
        Address(
            "consoleAddress", "Sentinel:Alerts:ConsoleUrl",
            "The address of the console, such as https://sentinel.example/admin/ui, to which alerts link."),
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

    private static LiveSetting Address(string name, string path, string effect) =>
        new(name, path, SettingKind.Address, JsonSerializer.SerializeToElement(""), effect);

    private static LiveSetting Boolean(string name, string path, bool otherwise, string effect) =>
        new(name, path, SettingKind.Boolean, JsonSerializer.SerializeToElement(otherwise), effect);

    private static LiveSetting Choice(string name, string path, string[] choices, string effect) =>
        new(name, path, SettingKind.Choice, JsonSerializer.SerializeToElement(choices[0]), effect)
        {
            Choices = choices,
        };

    private static LiveSetting Networks(string name, string path, string effect) =>
        new(name, path, SettingKind.Networks, JsonSerializer.SerializeToElement(Array.Empty<string>()), effect);

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

    private static LiveSetting Secret(
        string name, string path, SettingKind kind, long minimum, long maximum, string effect) =>
        Number(name, path, minimum, maximum, otherwise: 0, effect) with
        {
            Kind = kind,
            Default = JsonSerializer.SerializeToElement(""),
            IsSecret = true,
        };
}
