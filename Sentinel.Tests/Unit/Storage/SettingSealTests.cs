using Sentinel.Storage.Settings;

namespace Sentinel.Tests.Unit.Storage;

public sealed class SettingSealTests
{
    private const string Name = "alertSecret";
    private const string Text = "the secret of a bot";

    private const string Secret = "one secret of an admin API, and long enough";

    private readonly SettingSeal _seal = new(Secret);

    [Fact]
    public void What_the_secret_before_sealed_is_read_until_that_is_taken_away()
    {
        const string Next = "the next secret of an admin API, long enough";
        var box = _seal.Seal("alertSecret", "text");

        Assert.Equal("text", new SettingSeal(Next, Secret).Open("alertSecret", box));
        Assert.Null(new SettingSeal(Next).Open("alertSecret", box));
    }

    [Theory]
    [InlineData("")]
    [InlineData(Text)]
    [InlineData("密钥")]
    public void What_was_sealed_is_opened_again(string text) =>
        Assert.Equal(text, _seal.Open(Name, _seal.Seal(Name, text)));

    [Fact]
    public void Same_text_is_sealed_otherwise_each_time_and_texts_of_other_lengths_to_the_same_length()
    {
        var box = _seal.Seal(Name, Text);

        Assert.NotEqual(box, _seal.Seal(Name, Text));
        Assert.Equal(box.Length, _seal.Seal(Name, new string('x', 200)).Length);
    }

    [Fact]
    public void Neither_another_secret_nor_another_name_opens_it()
    {
        var box = _seal.Seal(Name, Text);

        Assert.Null(new SettingSeal("another secret of an admin API").Open(Name, box));
        Assert.Null(new SettingSeal(null).Open(Name, box));
        Assert.Null(_seal.Open("alertWebhook", box));
    }

    [Fact]
    public void What_was_changed_cut_or_never_sealed_is_not_opened()
    {
        var box = _seal.Seal(Name, Text);
        var changed = box[..^6] + (box[^6] == 'A' ? 'B' : 'A') + box[^5..];

        Assert.All(
            [changed, box[..40], box[..^8], "sealed:", "sealed:?", Text, "", null],
            it => Assert.Null(_seal.Open(Name, it)));
    }
}
