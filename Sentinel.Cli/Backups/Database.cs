using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sentinel.ServiceDefaults.Settings;
using Sentinel.Storage;
using Sentinel.Storage.Backups;
using Sentinel.Storage.Postgres;

namespace Sentinel.Cli.Backups;

/// <summary>The database of an installation, reached as its apps reach it, but without starting anything.</summary>
internal static class Database
{
    /// <summary>Whether the environment, or the file, says where it is.</summary>
    public static bool IsNamedBy(FileInfo? file)
    {
        using var settings = new ConfigurationManager();
        Read(settings, file);
        return !string.IsNullOrEmpty(settings.GetConnectionString("sentinel"));
    }

    /// <summary>Does something with it, and puts what goes wrong into the words of an operator.</summary>
    public static async Task<T> UseAsync<T>(FileInfo? file, Func<IServiceProvider, Task<T>> use)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        Read(builder.Configuration, file);
        builder.AddStorage();
        builder.Services.AddSingleton<DatabaseBackup>();
        builder.Services.AddSingleton<DatabaseRestore>();
        using var host = builder.Build();
        try
        {
            return await use(host.Services);
        }
        catch (StoreUnavailableException error)
        {
            throw new VerbException(error.Message, ExitCode.NotPossibleNow);
        }
        catch (Exception error) when (error is BackupMismatchException or SchemaMismatchException)
        {
            throw new VerbException(error.Message);
        }
    }

    private static void Read(ConfigurationManager settings, FileInfo? file)
    {
        settings.AddInMemoryCollection(file is null ? [] : EnvFile.Read(file.FullName));
        settings.AddEnvironmentVariables();
        settings.AddDropInNames();
    }
}
