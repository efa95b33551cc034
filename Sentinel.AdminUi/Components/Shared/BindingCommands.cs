using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>
/// What an operator does to a key: says what will happen, asks, does it, tells how it went, and offers to undo what can
/// be undone. Each gives whether something was changed.
/// </summary>
internal sealed class BindingCommands(AdminApiClient api, DialogService dialogs, Outcomes outcomes, Words words)
{
    public async Task<bool> BanAsync(Guid id, string hint, EventCallback changed)
    {
        var isSure = await ConfirmDialog.AskAsync(dialogs, words["Ban {0}?", hint], words["Ban"], words["Keep"],
            words["The key is refused from everywhere within a second, and its open streams end. "
                + "Unbanning it brings its networks back."]);
        return isSure && outcomes.Say(
            await api.BanAsync(id),
            words["{0} is banned.", hint],
            Undo(() => api.UnbanAsync(id), words["{0} is active again.", hint], changed));
    }

    public async Task<bool> UnbanAsync(BindingItem item, EventCallback changed)
    {
        var isSure = await ConfirmDialog.AskAsync(
            dialogs, words["Unban {0}?", item.Hint], words["Unban"], words["Cancel"],
            words["The key can be used again, from these networks: {0}", string.Join(", ", item.Networks)]);
        return isSure && outcomes.Say(
            await api.UnbanAsync(item.Id),
            words["{0} is active again.", item.Hint],
            Undo(() => api.BanAsync(item.Id), words["{0} is banned.", item.Hint], changed));
    }

    public async Task<bool> BanManyAsync(IReadOnlyList<BindingItem> items, EventCallback changed)
    {
        var isSure = await ConfirmDialog.AskAsync(
            dialogs, words["Ban {0} keys?", items.Count], words["Ban"], words["Keep"],
            words["These keys are refused from everywhere within a second, and their open streams end: {0}",
                string.Join(", ", items.Select(static item => item.Hint))]);
        return isSure && Tell(await api.BanManyAsync(Ids(items)), "{0} keys are banned.", async done =>
        {
            Tell(await api.UnbanManyAsync(done), "{0} keys are active again.", undo: null);
            await changed.InvokeAsync();
        });
    }

    public async Task<bool> UnbanManyAsync(IReadOnlyList<BindingItem> items, EventCallback changed)
    {
        var isSure = await ConfirmDialog.AskAsync(
            dialogs, words["Unban {0} keys?", items.Count], words["Unban"], words["Cancel"],
            words["These keys can be used again from their networks: {0}",
                string.Join(", ", items.Select(static item => item.Hint))]);
        return isSure && Tell(await api.UnbanManyAsync(Ids(items)), "{0} keys are active again.", async done =>
        {
            Tell(await api.BanManyAsync(done), "{0} keys are banned.", undo: null);
            await changed.InvokeAsync();
        });
    }

    public Task<bool> UnbindAsync(BindingItem item) => UnbindDialog.AskAsync(dialogs, words, item);

    /// <summary>Lets a refused caller in beside the networks that the key has.</summary>
    public async Task<bool> AllowAsync(Guid id, string hint, string caller, EventCallback changed)
    {
        var answer = await api.BindingAsync(id, CancellationToken.None);
        if (answer.Value is not { Binding.Networks: var before })
        {
            return outcomes.Say(answer.Failure, "");
        }

        var isSure = await ConfirmDialog.AskAsync(
            dialogs, words["Allow {0}?", caller], words["Allow"], words["Cancel"],
            words["The key {0} can then be used from {1} as well as from {2}.",
                hint, caller, string.Join(", ", before)]);
        return isSure && outcomes.Say(
            await api.SetNetworksAsync(id, [.. before, caller]),
            words["{0} is allowed for {1}.", caller, hint],
            Undo(() => api.SetNetworksAsync(id, before), words["The networks are as they were."], changed));
    }

    public async Task<bool> SetNetworksAsync(BindingItem item, IReadOnlyList<string> networks, EventCallback changed) =>
        outcomes.Say(
            await api.SetNetworksAsync(item.Id, networks),
            words["The networks are changed."],
            Undo(() => api.SetNetworksAsync(item.Id, item.Networks), words["The networks are as they were."], changed));

    public async Task<bool> SetLabelAsync(BindingItem item, string? label, EventCallback changed) =>
        outcomes.Say(
            await api.SetLabelAsync(item.Id, label),
            words["The label is changed."],
            Undo(() => api.SetLabelAsync(item.Id, item.Label), words["The label is as it was."], changed));

    private static IReadOnlyList<Guid> Ids(IReadOnlyList<BindingItem> items) => [.. items.Select(static it => it.Id)];

    /// <summary>Tells how many it was done to; only to those it can be undone.</summary>
    private bool Tell(ApiAnswer<BulkResult> answer, string success, Func<IReadOnlyList<Guid>, Task>? undo)
    {
        var results = answer.Value?.Results ?? [];
        IReadOnlyList<Guid> done = [.. results.Where(static it => it.Status < 300).Select(static it => it.Id)];
        var refused = results.FirstOrDefault(static it => it.Status >= 300);
        if (refused is not null)
        {
            outcomes.Warn(words["{0} of {1} stay as they are.", results.Count - done.Count, results.Count],
                refused.Detail);
        }

        return outcomes.Say(
            answer.Failure,
            words[success, done.Count],
            undo is null || done.Count == 0 ? null : () => undo(done));
    }

    private Func<Task> Undo(Func<Task<ApiFailure?>> undo, string success, EventCallback changed) => async () =>
    {
        outcomes.Say(await undo(), success);
        await changed.InvokeAsync();
    };
}
