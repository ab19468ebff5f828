using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Site;
using PortAudit.Traffic.Wire;

namespace PortAudit.Audit.Policies.FortiOs;

/// <summary>Networks as FortiOS writes them.</summary>
internal static class FortiWords
{
    /// <summary>Reads <c>10.0.0.0 255.0.0.0</c>, <c>10.0.0.0/8</c> or <c>2001:db8::/32</c>.</summary>
    public static bool TryParseNetwork(ReadOnlySpan<string> words, out Prefix prefix)
    {
        prefix = default;
        return words switch
        {
            [var only] => AddressWords.TryParsePrefix(only, out prefix),
            [var first, var mask] => IpAddress.TryParse(first, out var address)
                && AddressWords.TryParseMasked(address, mask, out prefix),
            _ => false,
        };
    }
}
