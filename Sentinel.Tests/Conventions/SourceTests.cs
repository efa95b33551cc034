namespace Sentinel.Tests.Conventions;

public sealed class SourceTests
{
    [Theory]
    [InlineData("DateTime.UtcNow")]
    [InlineData("DateTime.Now")]
    [InlineData("DateTimeOffset.UtcNow")]
    [InlineData("DateTimeOffset.Now")]
    public void The_product_reads_the_clock_that_it_is_given(string clock) =>
        Assert.DoesNotContain(Using(clock), path => !path.StartsWith("Sentinel.Tests/", StringComparison.Ordinal));

    [Theory]
    [InlineData("Thread.Sleep")]
    [InlineData("Task.Delay")]
    public void No_test_sleeps(string sleep) =>
        Assert.Empty(Using(sleep).Where(path => path.StartsWith("Sentinel.Tests/", StringComparison.Ordinal))
            .Except(["Sentinel.Tests/Support/Eventually.cs", "Sentinel.Tests/Conventions/SourceTests.cs"]));

    [Fact]
    public void A_migration_opens_with_a_sentence_that_says_why() =>
        Assert.All(
            Tree.Files("*.sql").Where(path => path.StartsWith("db/", StringComparison.Ordinal)),
            path => Assert.Matches(@"^-- \w.*[.]$", Tree.Lines(path)[0]));

    private static IEnumerable<string> Using(string member) =>
        Tree.Files("*.cs").Where(path => Tree.Read(path).Contains(member, StringComparison.Ordinal));
}
