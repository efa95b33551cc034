using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Sentinel.Core.Contracts;
using Sentinel.Storage.Postgres;

namespace Sentinel.AdminApi.Bindings;

/// <summary>A place in the list of bindings, as a text that nobody needs to understand: order, id and key.</summary>
internal static class BindingCursor
{
    private const int MaxLength = 400;

    public static string Write(BindingItem item, BindingOrder order)
    {
        var key = BindingPosition.Of(item, order).Key switch
        {
            DateTimeOffset time => time.UtcTicks.ToString(CultureInfo.InvariantCulture),
            string hint => hint,
            _ => "",
        };
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{(int)order} {item.Id} {key}"));
    }

    /// <summary>Reads a place, if it is one in this order.</summary>
    public static bool TryRead(string text, BindingOrder order, [NotNullWhen(true)] out BindingPosition? position)
    {
        position = null;
        if (text.Length > MaxLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(' ', 3);
        if (parts is not [var first, var second, var key]
            || first != ((int)order).ToString(CultureInfo.InvariantCulture)
            || !Guid.TryParse(second, out var id)
            || key.Contains('\0'))
        {
            return false;
        }

        if (order is BindingOrder.HintAscending or BindingOrder.HintDescending)
        {
            position = new BindingPosition(key, id);
            return true;
        }

        var isTime = long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && ticks <= DateTimeOffset.MaxValue.Ticks;
        position = new BindingPosition(isTime ? new DateTimeOffset(ticks, TimeSpan.Zero) : null, id);
        return isTime || key.Length == 0;
    }
}
