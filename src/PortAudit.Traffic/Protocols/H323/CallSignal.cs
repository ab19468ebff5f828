using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>The H.245 address in call signalling ASN.1 (H.225.0 annex H, <c>H323-UserInformation</c>): in Setup,
/// Connect, Call Proceeding, Alerting and Progress, where it precedes anything complex.</summary>
internal static class CallSignal
{
    private const int Setup = 0;
    private const int CallProceeding = 1;
    private const int Connect = 2;
    private const int Alerting = 3;
    private const int Progress = 0;
    private const int BodyBits = 3;

    /// <summary>Optional parts: aliases of both endpoints, signalling address and extra information of the called one,
    /// further destinations, services.</summary>
    private const int OptionalOfSetup = 6;

    /// <summary>Optional parts: security mode, two kinds of tokens, fast start.</summary>
    private const int OptionalOfProgress = 4;

    /// <summary>Finds the address; false when missing or unreadable.</summary>
    public static bool TryFindControlAddress(ReadOnlySpan<byte> userInformation, out TransportAddress address)
    {
        var reader = new PerReader(userInformation);

        // Extension and presence bits of two sequences, nothing of which precedes the body.
        reader.ReadBits(4);
        var isExtension = reader.ReadBit();
        if (isExtension)
            return TryReadProgress(reader.ReadSmallNumber() == Progress ? reader.ReadOpenType() : [], out address);
        return reader.ReadBits(BodyBits) switch
        {
            Setup => TryRead(ref reader, OptionalOfSetup, hasDeviceBefore: false, out address),
            Connect => TryRead(ref reader, optional: 0, hasDeviceBefore: false, out address),
            CallProceeding or Alerting => TryRead(ref reader, optional: 0, hasDeviceBefore: true, out address),
            _ => TryReadProgress([], out address),
        };
    }

    /// <summary>Progress is an extension of the choice, so it has its own octets; without any there is no
    /// address.</summary>
    private static bool TryReadProgress(ReadOnlySpan<byte> body, out TransportAddress address)
    {
        var reader = new PerReader(body);
        return TryRead(ref reader, OptionalOfProgress, hasDeviceBefore: true, out address);
    }

    /// <summary>Reads the first parts of a body: protocol identifier, device (in some), address.</summary>
    /// <param name="reader">At the body's extension bit.</param>
    /// <param name="optional">Number of optional parts besides the address, which comes first.</param>
    /// <param name="hasDeviceBefore">True when the device precedes the address.</param>
    /// <param name="address">The address.</param>
    private static bool TryRead(ref PerReader reader, int optional, bool hasDeviceBefore, out TransportAddress address)
    {
        address = default;
        reader.ReadBit();
        var hasAddress = reader.ReadBit();
        reader.ReadBits(optional);
        reader.ReadOpenType();
        if (hasDeviceBefore)
            EndpointType.Skip(ref reader);
        return hasAddress && !reader.IsBroken && TransportAddress.TryReadSignalling(ref reader, out address);
    }
}
