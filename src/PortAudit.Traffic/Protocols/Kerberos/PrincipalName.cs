using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.Kerberos;

/// <summary>The name of a principal (RFC 4120 §5.2.2), viewed in place.</summary>
internal readonly ref struct PrincipalName
{
    private const byte StringsField = 0xA1;
    private const byte GeneralString = 0x1B;

    private PrincipalName(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        First = first;
        Second = second;
    }

    /// <summary>The first component: an account, or a service type.</summary>
    public ReadOnlySpan<byte> First { get; }

    /// <summary>The second component: the service instance; empty without one.</summary>
    public ReadOnlySpan<byte> Second { get; }

    /// <summary>The computer of a computer account, which ends in a dollar sign ([MS-SAMR] 3.1.1.8.10); empty for other
    /// accounts.</summary>
    public ReadOnlySpan<byte> Computer => Second.IsEmpty && First is [.. var computer, (byte)'$'] ? computer : default;

    /// <summary>The serving host (RFC 4120 §6.2.1); empty for an account, and for the ticket-granting service, whose
    /// second component is a realm (§7.3).</summary>
    public ReadOnlySpan<byte> Host => First.SequenceEqual("krbtgt"u8) ? default : Second;

    /// <summary>True when <paramref name="bytes"/> begin with a principal name.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out PrincipalName name)
    {
        name = default;
        if (!DerFields.TryFind(bytes, StringsField, out var field)
            || !DerElement.TryTake(ref field, DerElement.Sequence, out var strings))
            return false;
        var rest = strings.Content;
        if (!DerElement.TryTake(ref rest, GeneralString, out var first))
            return false;
        var second = DerElement.TryTake(ref rest, GeneralString, out var instance) ? instance.Content : default;
        name = new PrincipalName(first.Content, second);
        return true;
    }
}
