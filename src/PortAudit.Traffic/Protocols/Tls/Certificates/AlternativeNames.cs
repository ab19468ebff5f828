using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.Tls.Certificates;

/// <summary>The DNS names and addresses among a certificate's alternative names (RFC 5280 §4.2.1.6), walked in place
/// with <c>foreach</c>.</summary>
internal ref struct AlternativeNames
{
    /// <summary>Names of all kinds that are walked at most. Public authorities stop at 100 or 250.</summary>
    public const int MaximumNames = 1000;

    /// <summary><c>dNSName</c>, number 2 of the choice, implicitly tagged.</summary>
    private const byte DnsNameTag = 0x82;

    /// <summary><c>iPAddress</c>, number 7.</summary>
    private const byte AddressTag = 0x87;

    private ReadOnlySpan<byte> _rest;
    private int _walked;

    /// <summary>Starts at the content of <c>GeneralNames</c>.</summary>
    public AlternativeNames(ReadOnlySpan<byte> generalNames) => _rest = generalNames;

    /// <summary>The name that the walk is at: ASCII, or four or sixteen bytes of an address.</summary>
    public ReadOnlySpan<byte> Current { get; private set; }

    /// <summary>True when it is an address.</summary>
    public bool IsAddress { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly AlternativeNames GetEnumerator() => this;

    /// <summary>Goes to the next DNS name or address, past names of other kinds.</summary>
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
