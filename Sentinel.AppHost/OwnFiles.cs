namespace Sentinel.AppHost;

/// <summary>
/// Beside what Aspire writes stands what it has no words for: plain files, kept as they are deployed in
/// <c>Publish/compose</c> and <c>Publish/kubernetes</c>.
/// </summary>
internal static class OwnFiles
{
    private const string MoreValues = "values.more.yaml";

    public static void AddOwnFiles(this IDistributedApplicationBuilder builder)
    {
        if (!builder.ExecutionContext.IsPublishMode || builder.Configuration["output-path"] is not { } output)
        {
            return;
        }

        var target = builder.PublishTarget();
        var source = Path.Combine(builder.AppHostDirectory, "Publish", target);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            Copy(file, Path.Combine(output, Path.GetRelativePath(source, file)));
        }

        if (target == Publishing.Kubernetes)
        {
            // Helm reads one file of values.
            var more = Path.Combine(output, MoreValues);
            File.AppendAllText(Path.Combine(output, "values.yaml"), File.ReadAllText(more));
            File.Delete(more);
        }
        else
        {
            var template = Path.Combine("nginx", "sentinel.conf.template");
            Copy(Path.Combine(builder.AppHostDirectory, "..", template), Path.Combine(output, template));
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to, overwrite: true);
    }
}
