using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>Enumerates DNS names and addresses in a certificate's alternative names (RFC 5280 §4.2.1.6) in
/// place.</summary>
internal ref struct AlternativeNames
{
    /// <summary>Names of all kinds read at most. Public authorities stop at 100 or 250.</summary>
    public const int MaximumNames = 1000;

    /// <summary><c>dNSName</c>, choice 2, implicitly tagged.</summary>
    private const byte DnsNameTag = 0x82;

    /// <summary><c>iPAddress</c>, choice 7.</summary>
    private const byte AddressTag = 0x87;

    private ReadOnlySpan<byte> _rest;
    private int _walked;

    /// <summary>Begins with the content of <c>GeneralNames</c>.</summary>
    public AlternativeNames(ReadOnlySpan<byte> generalNames) => _rest = generalNames;

    /// <summary>The current name: ASCII, or four or sixteen bytes of an address.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    public bool IsAddress { get; private set; }

    public readonly AlternativeNames GetEnumerator() => this;

    /// <summary>Moves to the next DNS name or address, skipping other kinds.</summary>
    public bool MoveNext()
    {
        while (_walked++ < MaximumNames && DerElement.TryTake(ref _rest, out var name))
        {
            IsAddress = name.Tag == AddressTag && name.Content.Length is (4 or 16);
            if (!IsAddress && name.Tag != DnsNameTag)
                continue;
            Current = name.Content;
            return true;
        }

        return false;
    }
}
