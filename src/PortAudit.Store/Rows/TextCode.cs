using System.Collections.Frozen;
using PortAudit.Traffic.Wire;

namespace PortAudit.Store.Rows;

/// <summary>How values are written as texts that people read, and read again.</summary>
/// <param name="textOf">The text of a value.</param>
/// <param name="valueOf">The value of a text; null for a text that was never written.</param>
internal sealed class TextCode<T>(Func<T, string> textOf, Func<string, (bool IsKnown, T Value)> valueOf)
    where T : notnull
{
    public string TextOf(T value) => textOf(value);

    /// <summary>The value.</summary>
    /// <exception cref="InvalidDataException">There is none of this text.</exception>
    public T ValueOf(string column, string text)
    {
        var (isKnown, value) = valueOf(text);
        return isKnown ? value : throw new InvalidDataException($"a flow has the {column} '{text}', which is unknown");
    }
}

/// <summary>The texts of values in columns.</summary>
internal static class TextCode
{
    public static readonly TextCode<IpAddress> Address = new(address => address.ToString(),
        text => (IpAddress.TryParse(text, out var address), address));

    public static readonly TextCode<IpProtocol> Transport = new(protocol => protocol.ToString(),
        text => (IpProtocol.TryParse(text, out var protocol), protocol));

    public static readonly TextCode<VlanTags> Vlan = new(tags => tags.ToString(), VlanOf);

    /// <summary>The texts of an enumeration.</summary>
    public static TextCode<T> Of<T>(Func<T, string> textOf)
        where T : struct, Enum
    {
        var values = Enum.GetValues<T>().ToFrozenDictionary(textOf, StringComparer.Ordinal);
        return new TextCode<T>(textOf, text => (values.TryGetValue(text, out var value), value));
    }

    private static (bool IsKnown, VlanTags Tags) VlanOf(string text)
    {
        var tags = VlanTags.None;
        if (text.Length == 0)
            return (true, tags);
        foreach (var part in text.Split('.'))
        {
            if (!ushort.TryParse(part, out var identifier) || identifier > 4095)
                return (false, tags);
            tags = tags.Push(identifier);
        }

        return (true, tags);
    }
}
