using Microsoft.AspNetCore.Components;
using Radzen;
using Sentinel.AdminUi.Api;
using Sentinel.AdminUi.Appearance;
using Sentinel.Core.Contracts;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>What an operator does to many keys at once. Each gives whether something was changed.</summary>
internal sealed class BulkCommands(AdminApiClient api, DialogService dialogs, Outcomes outcomes, Words words)
{
    public async Task<bool> BanManyAsync(IReadOnlyList<BindingItem> items, EventCallback changed)
    {
        var isSure = await ConfirmDialog.AskAsync(
            dialogs, words["Ban the chosen keys?"], words["Ban"], words["Keep"],
            words["These keys are refused from everywhere within a second, and their open streams end: {0}",
                string.Join(", ", items.Select(static item => item.Hint))]);
        return isSure && Tell(await api.BanManyAsync(Ids(items)), "Keys banned: {0}.", async done =>
        {
            Tell(await api.UnbanManyAsync(done), "Keys active again: {0}.", undo: null);
            await changed.InvokeAsync();
        });
    }

    public async Task<bool> UnbanManyAsync(IReadOnlyList<BindingItem> items, EventCallback changed)
    {
        var isSure = await ConfirmDialog.AskAsync(
            dialogs, words["Unban the chosen keys?"], words["Unban"], words["Cancel"],
            words["These keys can be used again from their networks: {0}",
                string.Join(", ", items.Select(static item => item.Hint))]);
        return isSure && Tell(await api.UnbanManyAsync(Ids(items)), "Keys active again: {0}.", async done =>
        {
            Tell(await api.BanManyAsync(done), "Keys banned: {0}.", undo: null);
            await changed.InvokeAsync();
        });
    }

    /// <summary>Frees keys. It cannot be undone, so the dialog says what becomes of keys that others tried.</summary>
    public async Task<bool> UnbindManyAsync(IReadOnlyList<BindingItem> items)
    {
        var isReleased = await UnbindManyDialog.AskAsync(dialogs, words, items);
        return isReleased is { } choice
            && Tell(await api.UnbindManyAsync(Ids(items), choice), "Keys freed: {0}.", undo: null);
    }

    public async Task<bool> LabelManyAsync(IReadOnlyList<BindingItem> items, EventCallback changed)
    {
        if (await LabelDialog.AskAsync(dialogs, words) is not { } label)
        {
            return false;
        }

        var answer = await api.SetLabelsAsync(Ids(items), Queries.NullIfBlank(label));
        return Tell(answer, "Keys labelled: {0}.", async done =>
        {
            foreach (var before in items.Where(item => done.Contains(item.Id)).GroupBy(static item => item.Label))
            {
                Tell(await api.SetLabelsAsync(Ids([.. before]), before.Key), "Labels put back: {0}.", null);
            }

            await changed.InvokeAsync();
        });
    }

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
}
