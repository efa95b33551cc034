using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sentinel.Core.Callers;
using Sentinel.Core.Credentials;
using Sentinel.Core.Decisions;
using Sentinel.Proxy.Decisions;
using Sentinel.Storage.Postgres;
using Sentinel.Tests.Support;

namespace Sentinel.Tests.Functional.Gate;

/// <summary>
/// What can happen to a few keys whose first uses meet on several replicas, step by step, on a real PostgreSQL. Chance
/// is seeded and the steps follow each other, so that a failure comes again with its seed.
/// </summary>
internal sealed class FirstUseSimulation(int seed, GateWorld world, IReadOnlyList<ProxyApp> replicas)
{
    private static readonly DecisionRules _rules = new(GateMode.Enforce, ArchivedKeys.Approve, MaxNetworks: 10);
    private static readonly BindingState[] _active = [BindingState.Active];

    private readonly Random _chance = new(seed);
    private readonly ClientAddress[] _callers = [.. Enumerable.Range(1, 4).Select(n => The.Address($"192.0.2.{n}"))];
    private readonly Credential[] _keys = [.. Enumerable.Range(0, 3).Select(_ => world.Credential(The.Key))];
    private readonly List<Use> _inFlight = [];
    private readonly Dictionary<KeyFingerprint, Network> _owners = [];
    private readonly HashSet<KeyFingerprint> _banned = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private StorageHost Stores => world.Stores.Host;

    /// <summary>
    /// Takes so many steps and then lets all networks race for one more key at once. In the end all uses fail, and no
    /// claim is left.
    /// </summary>
    public async Task RunAsync(int steps)
    {
        for (var step = 0; step < steps; step++)
        {
            await StepAsync();
            await CheckAsync(string.Create(CultureInfo.InvariantCulture, $"seed {seed}, step {step}"));
        }

        var contested = world.Credential(The.Key);
        await RaceAsync(contested);
        foreach (var key in _keys.Append(contested))
        {
            await EndStreamsAsync(key);
            Assert.NotEqual(BindingState.Claimed, (await FindAsync(key))?.State);
        }
    }

    private Task StepAsync() => _chance.Next(100) switch
    {
        < 40 => BeginAsync(Pick(replicas), Pick(_keys), Pick(_callers)),
        < 60 => EndAsync(isAccepted: false),
        < 70 => EndAsync(isAccepted: true),
        < 85 => LapseAsync(Pick(_keys)),
        < 88 => UnbindAsync(Pick(_keys)),
        < 90 => BanAsync(Pick(_keys)),
        _ => ReplaceAsync(_chance.Next(_keys.Length)),
    };

    /// <summary>A key that nobody knows takes the place of another, since a settled one has little to show.</summary>
    private async Task ReplaceAsync(int place)
    {
        await EndStreamsAsync(_keys[place]);
        _keys[place] = world.Credential(The.Key);
    }

    private async Task BeginAsync(ProxyApp replica, Credential key, ClientAddress caller)
    {
        if (await TryAsync(replica, key, caller) is { } use)
        {
            _inFlight.Add(use);
        }
    }

    private static async Task<Use?> TryAsync(ProxyApp replica, Credential key, ClientAddress caller)
    {
        var firstUses = replica.Services.GetRequiredService<FirstUses>();
        var claim = firstUses.Join(key, caller, _rules);
        var race = (await claim.Acquired).Race!;
        if (race.Held)
        {
            return new Use(firstUses, claim);
        }

        await firstUses.LeaveAsync(claim);
        return null;
    }

    private async Task RaceAsync(Credential key)
    {
        var uses = await Task.WhenAll(
            replicas.SelectMany(replica => _callers.Select(caller => TryAsync(replica, key, caller))));
        var winners = uses.OfType<Use>().ToArray();
        Assert.Single(winners.Select(use => use.Network).Distinct());
        _inFlight.AddRange(winners);
    }

    private async Task EndAsync(bool isAccepted)
    {
        if (_inFlight.Count == 0)
        {
            return;
        }

        var use = Pick(_inFlight);
        _ = _inFlight.Remove(use);
        if (isAccepted)
        {
            var result = await use.FirstUses.PromoteAsync(use.Claim);
            var isMine = !_banned.Contains(use.Key) && _owners.GetValueOrDefault(use.Key, use.Network) == use.Network;
            Assert.True(isMine || !result.Held, $"Seed {seed}: {use.Network} got a key that is not its own.");
            if (result.Held)
            {
                _owners[use.Key] = use.Network;
            }
        }

        await use.FirstUses.LeaveAsync(use.Claim);
    }

    private Task LapseAsync(Credential key) => ExecuteAsync(
        "UPDATE bindings SET claim_expires_at = now() - interval '1 s' WHERE state = 'claimed' AND fingerprint = $1",
        key);

    private async Task UnbindAsync(Credential key)
    {
        if (await FindAsync(key) is { State: BindingState.Active } binding)
        {
            _ = await Stores.Get<BindingChanges>().UnbindAsync(binding.Id, release: true, Cancelled);
            _ = _owners.Remove(key.Fingerprint);
            await EndStreamsAsync(key);
        }
    }

    private async Task BanAsync(Credential key)
    {
        if (await FindAsync(key) is { } binding
            && await Stores.Get<BindingChanges>().SetStateAsync(binding.Id, _active, BindingState.Banned, Cancelled)
                is not null)
        {
            _ = _banned.Add(key.Fingerprint);
            await EndStreamsAsync(key);
        }
    }

    /// <summary>What the bell does to those who were let through before a change.</summary>
    private async Task EndStreamsAsync(Credential key)
    {
        foreach (var use in _inFlight.Where(use => use.Key == key.Fingerprint).ToArray())
        {
            _ = _inFlight.Remove(use);
            await use.FirstUses.LeaveAsync(use.Claim);
        }
    }

    private async Task CheckAsync(string when)
    {
        foreach (var key in _keys)
        {
            var binding = await FindAsync(key);
            var isOwned = _owners.TryGetValue(key.Fingerprint, out var owner);
            var expected = _banned.Contains(key.Fingerprint) ? BindingState.Banned : BindingState.Active;
            Assert.True(!isOwned || binding?.State == expected, $"{when}: the key of {owner} is {binding?.State}.");
            Assert.True(!isOwned || binding!.Networks.SequenceEqual([owner]), $"{when}: {owner} lost its key.");
            Assert.True(isOwned || binding?.State is null or BindingState.Claimed, $"{when}: nobody was accepted.");
        }
    }

    private Task<Binding?> FindAsync(Credential key) =>
        Stores.Get<BindingStore>().FindAsync(key.Fingerprint, Cancelled);

    private async Task ExecuteAsync(string sql, Credential key)
    {
        await using var command = Stores.Database.CreateCommand(sql);
        command.Parameters.Add(new() { Value = key.Fingerprint.ToByteArray() });
        _ = await command.ExecuteNonQueryAsync(Cancelled);
    }

    private T Pick<T>(IReadOnlyList<T> all) => all[_chance.Next(all.Count)];

    private sealed record Use(FirstUses FirstUses, Claim Claim)
    {
        public KeyFingerprint Key => Claim.Use.Fingerprint;

        public Network Network => Claim.Use.Network;
    }
}
