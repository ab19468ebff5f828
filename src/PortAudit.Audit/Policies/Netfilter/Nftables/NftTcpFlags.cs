using System.Globalization;

namespace PortAudit.Audit.Policies.Netfilter.Nftables;

/// <summary>Evaluates comparisons of TCP flags: <c>tcp flags syn</c> has any of them, <c>tcp flags == syn</c> no other,
/// <c>tcp flags &amp; (syn | ack) == syn</c> and <c>tcp flags syn / syn,ack</c> look at some (nft(8), "TCP
/// header").</summary>
internal static class NftTcpFlags
{
    private const int AllBits = 0xFF;

    /// <summary>The packets that meet a comparison; null when a flag is not known.</summary>
    public static IReadOnlyList<PacketMatch>? Match(string sign, NftValue? mask, NftValue value, string text)
    {
        if (value is NftMany { IsFlags: false })
            return Open(text);
        if (Bits(value) is not { } wanted || (mask is not null && Bits(mask) is null))
            return null;
        if (mask is null && sign is "" or "in")
            return TcpFlags.Match(flags => (flags & wanted) != 0, wanted, text);
        if (mask is null && sign is "!")
            return TcpFlags.Match(flags => (flags & wanted) == 0, wanted, text);
        var looked = mask is null ? AllBits : Bits(mask) ?? AllBits;
        return sign switch
        {
            "" or "==" => TcpFlags.Match(flags => (flags & looked) == wanted, looked, text),
            "!=" => TcpFlags.Match(flags => (flags & looked) != wanted, looked, text),
            _ => null,
        };
    }

    /// <summary>Looks at all bits, so that the result is open.</summary>
    private static IReadOnlyList<PacketMatch> Open(string text) => TcpFlags.Match(_ => true, AllBits, text);

    private static int? Bits(NftValue value)
    {
        switch (value)
        {
            case NftWord word:
                if (TcpFlags.Named(word.Text) is { } flag)
                    return flag;
                return word.Text.StartsWith("0x", StringComparison.Ordinal)
                    ? int.TryParse(word.Text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
                        out var hex) ? hex : null
                    : int.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                        ? number : null;
            case NftMany many:
                var bits = 0;
                foreach (var element in many.Elements)
                {
                    if (Bits(element.Key) is not { } part)
                        return null;
                    bits |= part;
                }

                return bits;
            default:
                return null;
        }
    }
}
