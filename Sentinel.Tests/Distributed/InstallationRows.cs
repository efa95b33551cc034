using System.Net;

namespace Sentinel.Tests.Distributed;

internal sealed record BindingRow(
    Guid Id, string Fingerprint, string State, IReadOnlyList<string> Networks, DateTime? LastUsedAt);

/// <summary>What the stack's database says, asked past the product.</summary>
internal static class InstallationRows
{
    /// <summary>The binding of the one key that was first used from this address.</summary>
    public static async Task<BindingRow> BindingOfAsync(this Installation installation, string owner)
    {
        await using var command = installation.Database.CreateCommand(
            """
            SELECT id, encode(fingerprint, 'hex'), state, networks::text[], last_used_at
              FROM bindings
             WHERE first_used_from = $1
            """);
        command.Parameters.AddWithValue(IPAddress.Parse(owner));
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await rows.ReadAsync(TestContext.Current.CancellationToken), $"No key was bound to {owner}.");
        var binding = new BindingRow(
            rows.GetGuid(0),
            rows.GetString(1),
            rows.GetString(2),
            rows.GetFieldValue<string[]>(3),
            rows.IsDBNull(4) ? null : rows.GetDateTime(4));
        Assert.False(await rows.ReadAsync(TestContext.Current.CancellationToken), $"{owner} has several keys.");
        return binding;
    }

    public static async Task<long> InterceptsAsync(this Installation installation, BindingRow binding, string caller)
    {
        await using var command = installation.Database.CreateCommand(
            """
            SELECT count(*) FROM intercept_logs
             WHERE binding_id = $1 AND caller = $2 AND reason = 'address_mismatch'
            """);
        command.Parameters.AddWithValue(binding.Id);
        command.Parameters.AddWithValue(IPAddress.Parse(caller));
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
