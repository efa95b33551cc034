using Microsoft.AspNetCore.Components;
using Sentinel.AdminUi.Api;

namespace Sentinel.AdminUi.Components.Shared;

/// <summary>
/// Shows what a call gives: a placeholder until it is there, the refusal if there is one. It asks anew when its key
/// changes, when the admin API comes back, and every so often if told; what was shown stays until then.
/// </summary>
public sealed partial class Load<TValue> : IDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private TValue? _value;
    private ApiFailure.Refused? _refusal;
    private object? _loadedKey;
    private bool _isBusy;
    private bool _hasBegun;
    private int _turn;

    [Parameter, EditorRequired]
    public Func<CancellationToken, Task<ApiAnswer<TValue>>> From { get; set; } = default!;

    /// <summary>What the answer depends on; another key asks anew.</summary>
    [Parameter]
    public object? Key { get; set; }

    [Parameter]
    public TimeSpan? Every { get; set; }

    /// <summary>Whether what is shown stands still, even if it was just being asked for.</summary>
    [Parameter]
    public bool Paused { get; set; }

    [Parameter]
    public RenderFragment? Waiting { get; set; }

    [Parameter, EditorRequired]
    public RenderFragment<TValue> ChildContent { get; set; } = default!;

    [Inject]
    private ApiLink Link { get; set; } = default!;

    [Inject]
    private TimeProvider Time { get; set; } = default!;

    /// <summary>Asks again, for example after a change.</summary>
    public Task ReloadAsync() => ReloadAsync(isMeant: true);

    public void Dispose()
    {
        Link.Changed -= OnLinkChanged;
        _closed.Cancel();
        _closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        // Prerendering shows the placeholder; the page is filled once, over the circuit.
        if (!RendererInfo.IsInteractive || (_hasBegun && Equals(_loadedKey, Key)))
        {
            return;
        }

        if (!_hasBegun)
        {
            Link.Changed += OnLinkChanged;
            _ = Every is { } period ? RepeatAsync(period, _closed.Token) : Task.CompletedTask;
        }

        _hasBegun = true;
        _loadedKey = Key;
        await ReloadAsync();
    }

    private async Task ReloadAsync(bool isMeant)
    {
        var turn = ++_turn;
        _isBusy = true;
        StateHasChanged();
        var answer = await From(_closed.Token);
        if (turn != _turn)
        {
            return;
        }

        _isBusy = false;
        if (isMeant || !Paused || _value is null)
        {
            _refusal = answer.Failure as ApiFailure.Refused;
            _value = answer.Failure is null ? answer.Value : _refusal is null ? _value : null;
        }

        StateHasChanged();
    }

    private async Task RepeatAsync(TimeSpan period, CancellationToken closed)
    {
        using var timer = new PeriodicTimer(period, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(closed))
            {
                if (!Paused && Link.State == ApiLinkState.Up)
                {
                    await InvokeAsync(() => ReloadAsync(isMeant: false));
                }
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was left.
        }
    }

    private void OnLinkChanged()
    {
        if (Link.State == ApiLinkState.Up)
        {
            _ = InvokeAsync(ReloadAsync);
        }
    }
}
