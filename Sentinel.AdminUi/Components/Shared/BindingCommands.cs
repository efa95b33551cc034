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

    /// <summary>Binds a key before its first use.</summary>
    public async Task<bool> RegisterAsync(EventCallback changed) =>
        await RegisterDialog.AskAsync(dialogs, words) is { } item && outcomes.Say(
            failure: null,
            words["{0} is bound to {1}.", item.Hint, string.Join(", ", item.Networks)],
            Undo(() => api.UnbindAsync(new UnbindRequest(item.Id, Release: true)), words["{0} is free.", item.Hint],
                changed));

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

    private Func<Task> Undo(Func<Task<ApiFailure?>> undo, string success, EventCallback changed) => async () =>
    {
        outcomes.Say(await undo(), success);
        await changed.InvokeAsync();
    };
}
