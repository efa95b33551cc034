using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Sentinel.Tests.Support;

/// <summary>
/// A way to PostgreSQL on which the server itself tells how it carries out each statement, so that a test sees the
/// plans of what the product really sends, with its real parameters and inside triggers too.
/// </summary>
public sealed class QueryPlans : IAsyncDisposable
{
    private const string Explain =
        "-c session_preload_libraries=auto_explain -c auto_explain.log_min_duration=0"
        + " -c auto_explain.log_nested_statements=on -c client_min_messages=log";

    private readonly NoticeLog _notices = new();
    private readonly LoggerFactory _logging;

    public QueryPlans(string connectionString)
    {
        _logging = new LoggerFactory([_notices], new LoggerFilterOptions { MinLevel = LogLevel.Debug });
        var builder = new NpgsqlDataSourceBuilder(connectionString).UseLoggerFactory(_logging);
        builder.ConnectionStringBuilder.Options = Explain;
        Database = builder.Build();
    }

    public NpgsqlDataSource Database { get; }

    /// <summary>
    /// Expects that something was asked of a table, and that nothing needed a look at all of its rows.
    /// </summary>
    public void ShowNoScanOf(string table)
    {
        var plans = _notices.Texts.Where(text => text.Contains($" on {table}", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(plans);
        Assert.DoesNotContain(plans, plan => plan.Contains($"Seq Scan on {table}", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _logging.Dispose();
    }

    /// <summary>Npgsql passes on what the server notes about a statement as a log entry.</summary>
    private sealed class NoticeLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Texts { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) => Texts.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
