using Sentinel.Cli;

return await SentinelCommand.RunAsync(args, Terminal.Open());
