using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Running;

/// <summary>
/// A small process that outlives this one by a moment: when the AppHost goes away, also by SIGKILL, its end of the pipe
/// closes, and the guard ends the process groups that are still on its list. Until then it passes signals on.
/// </summary>
internal sealed class ProcessGuard : IDisposable
{
    private const string Script = """
        exec >/dev/null 2>&1
        trap '' INT TERM HUP
        groups=' '
        while read -r change group; do
          case $change in
            +) groups="$groups$group " ;;
            -) groups="${groups%% $group *} ${groups#* $group }" ;;
            *) kill -s "$change" -- "-$group" ;;
          esac
        done
        for signal in TERM INT KILL; do
          for group in $groups; do kill -s $signal -- "-$group"; done
          for _ in 1 2 3 4 5 6 7 8 9 10; do
            alive=; for group in $groups; do kill -s 0 -- "-$group" && alive=1; done
            [ "$alive" ] || exit 0
            sleep 0.2
          done
        done
        """;

    private readonly Lock _gate = new();
    private readonly Process _process;

    public ProcessGuard()
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, WorkingDirectory = "/" };
        foreach (var argument in (string[])["sh", "-c", Script])
        {
            start.ArgumentList.Add(argument);
        }

        _process = Process.Start(start)!;
    }

    public void Watch(int group) => Tell("+", group);

    public void Forget(int group) => Tell("-", group);

    public void Signal(string signal, int group) => Tell(signal, group);

    public void Dispose()
    {
        lock (_gate)
        {
            _process.StandardInput.Close();
        }

        _process.WaitForExit();
        _process.Dispose();
    }

    private void Tell(string change, int group)
    {
        lock (_gate)
        {
            if (_process.HasExited)
            {
                return;
            }

            _process.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{change} {group}"));
            _process.StandardInput.Flush();
        }
    }
}
