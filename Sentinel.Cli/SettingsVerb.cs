using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Sentinel.Cli.Admin;
using Sentinel.Core.Contracts;

namespace Sentinel.Cli;

/// <summary><c>settings</c>: what is set while everything runs, and the way back.</summary>
internal sealed class SettingsVerb
{
    private readonly Argument<string?> _name = new("name")
    {
        Description = "One setting; all without it.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string[]> _changes = new("name=value")
    {
        Description = "What to change; 'name=' takes a setting back to its default.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Argument<long> _version = new("version") { Description = "A version of the history." };

    private SettingsVerb() => _changes.Validators.Add(parsed =>
    {
        foreach (var token in parsed.Tokens.Where(token => token.Value.IndexOf('=') < 1))
        {
            parsed.AddError($"'{token.Value}' is not of the form name=value.");
        }
    });

    public static Command Create(Terminal terminal) => new SettingsVerb().Build(terminal);

    private Command Build(Terminal terminal) =>
        new AdminVerb(terminal, "settings", "What is set while everything runs.")
            .Add("get", "Shows settings.", GetAsync, _name)
            .Add("set", "Changes settings, all at once or none.", SetAsync, _changes)
            .Add("history", "Who changed what, and when.", GetHistoryAsync)
            .Add("restore", "Puts the values of an earlier version back.", RestoreAsync, _version)
            .Command;

    private async Task<int> GetAsync(AdminCall call)
    {
        var document = await ReadAsync(call);
        if (call.Parsed.GetValue(_name) is not { } name)
        {
            return Show(call, document);
        }

        var item = document.Settings.FirstOrDefault(it => it.Name == name)
            ?? throw new VerbException($"There is no setting '{name}'; 'settings get' lists them.");
        return call.Show(item, [Row(item)], "setting", "value", "default", "effect");
    }

    private async Task<int> SetAsync(AdminCall call)
    {
        var current = await ReadAsync(call);
        var changes = call.Parsed.GetValue(_changes)!
            .Select(change => change.Split('=', 2))
            .ToDictionary(it => it[0], it => ValueOf(it[1], current.Settings.FirstOrDefault(s => s.Name == it[0])));
        var changed = await call.Client.SendAsync<SettingsDocument>(
            HttpMethod.Put, "settings", changes, call.Cancel, Text(current.Version));
        return Show(call, changed with { Settings = [.. changed.Settings.Where(it => changes.ContainsKey(it.Name))] });
    }

    private static async Task<int> GetHistoryAsync(AdminCall call)
    {
        var history = await call.Client.GetAsync<SettingsHistory>("settings/history", call.Cancel);
        return call.Show(
            history,
            history.Items.Select(it => new[]
            {
                Text(it.Version), AdminCall.Time(it.ChangedAt), it.ChangedBy,
                string.Join('\n', it.Changes.Select(
                    change => $"{change.Name}: {Text(change.From)} → {Text(change.To)}")),
            }),
            "version", "changed (UTC)", "by", "what");
    }

    private async Task<int> RestoreAsync(AdminCall call)
    {
        var current = await ReadAsync(call);
        var request = new RestoreRequest(call.Parsed.GetValue(_version));
        return Show(call, await call.Client.SendAsync<SettingsDocument>(
            HttpMethod.Post, "settings/restore", request, call.Cancel, Text(current.Version)));
    }

    private static Task<SettingsDocument> ReadAsync(AdminCall call) =>
        call.Client.GetAsync<SettingsDocument>("settings", call.Cancel);

    private static int Show(AdminCall call, SettingsDocument document) =>
        call.Show(document, document.Settings.Select(Row), "setting", "value", "default", "effect");

    private static string[] Row(SettingItem it) =>
        [it.Name, it.IsSet ? it.Kind == "secret" ? "…" : Text(it.Value) : "", Text(it.Default), it.Effect];

    /// <summary>A word stays a word; whether a setting takes it is for the admin API to say.</summary>
    private static JsonElement? ValueOf(string text, SettingItem? setting)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (setting?.Kind == "networks")
        {
            return JsonSerializer.SerializeToElement(text.Split(',', StringSplitOptions.TrimEntries));
        }

        try
        {
            return JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }

    private static string Text(long version) => version.ToString(CultureInfo.InvariantCulture);

    private static string Text(JsonElement? value) => value switch
    {
        null => "not set",
        { ValueKind: JsonValueKind.String } text => text.GetString()!,
        { } other => other.GetRawText(),
    };
}
