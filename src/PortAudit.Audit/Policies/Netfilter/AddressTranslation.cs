using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Netfilter;

/// <summary>Makes translations of the two directions.</summary>
internal static class AddressTranslation
{
    /// <summary>One of the receiver: clients send to <paramref name="mapped"/>, the rules of a filter see
    /// <paramref name="real"/>.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="text">The line.</param>
    /// <param name="mapped">Addresses before; null for any.</param>
    /// <param name="real">Addresses behind; null for the device's own.</param>
    public static PolicyTranslation Destination(PolicyLine line, string text, IntervalSet<UInt128>? mapped,
        IntervalSet<UInt128>? real) =>
        new(line, text, real, real is null || (mapped is not null && Size(mapped) == Size(real)) ? mapped : null,
            IsStatic: true);

    /// <summary>One of the sender.</summary>
    /// <param name="line">Where it stands.</param>
    /// <param name="text">The line.</param>
    /// <param name="real">Addresses before; null for any.</param>
    /// <param name="mapped">Addresses behind; null for those of the interface.</param>
    public static PolicyTranslation Source(PolicyLine line, string text, IntervalSet<UInt128>? real,
        IntervalSet<UInt128>? mapped) => new(line, text, real, mapped, IsStatic: false);

    /// <summary>The addresses that a rule asks for; null for any, or when they are several combinations.</summary>
    public static IntervalSet<UInt128>? Only(RuleDraft rule, bool isSource)
    {
        if (rule.Matches is not [var only])
            return null;
        var set = isSource ? only.Source : only.Destination;
        return set.IsAll || set.Equals(AddressSet.AnyIpv4) || set.Equals(AddressSet.AnyIpv6) ? null : set;
    }

    /// <summary>Reads <c>10.0.0.5</c>, <c>10.0.0.5-10.0.0.9:8080</c>, <c>[2001:db8::5]:80</c> or a prefix; null when it
    /// is none.</summary>
    public static IntervalSet<UInt128>? Address(string text)
    {
        if (text.StartsWith('['))
        {
            var end = text.IndexOf(']', StringComparison.Ordinal);
            return end < 0 ? null : AddressText.Read(text[1..end]);
        }

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var hasPort = colon >= 0 && colon == text.LastIndexOf(':');
        return AddressText.Read(hasPort ? text[..colon] : text);
    }

    private static UInt128 Size(IntervalSet<UInt128> set)
    {
        var size = UInt128.Zero;
        foreach (var range in set.Ranges)
            size += range.Last - range.First + UInt128.One;
        return size;
    }
}
