using System.Reflection;

namespace Sentinel.AppHost;

/// <summary>A problem that an operator can solve ends the run with a sentence, not with a stack trace.</summary>
internal static class PlainProblems
{
    public static void AreSentences()
    {
        // Under test another program is the host, and the test is who has to see the exception.
        if (Assembly.GetEntryAssembly() != typeof(PlainProblems).Assembly)
        {
            return;
        }

        AppDomain.CurrentDomain.UnhandledException += (_, problem) =>
        {
            if (problem.ExceptionObject is DistributedApplicationException { Message: var sentence })
            {
                Console.Error.WriteLine(sentence);
                Environment.Exit(1);
            }
        };
    }
}
