using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Skips the sender's device in H.225.0 messages (annex H, <c>EndpointType</c>): addresses follow
/// it.</summary>
internal static class EndpointType
{
    /// <summary>Gateway protocols skipped at most.</summary>
    private const int MaximumProtocols = 32;

    private const int ProtocolChoiceBits = 4;

    /// <summary>Skips the value; breaks the reader if it is unreadable.</summary>
    public static void Skip(ref PerReader reader)
    {
        var isExtended = reader.ReadBit();
        var (hasOther, hasVendor, hasGatekeeper, hasGateway, hasMcu, hasTerminal) = (reader.ReadBit(), reader.ReadBit(),
            reader.ReadBit(), reader.ReadBit(), reader.ReadBit(), reader.ReadBit());
        if (hasOther)
            SkipNonStandard(ref reader);
        if (hasVendor)
            SkipVendor(ref reader);
        if (hasGatekeeper)
            SkipCapabilities(ref reader);
        if (hasGateway)
            SkipGateway(ref reader);
        if (hasMcu)
            SkipCapabilities(ref reader);
        if (hasTerminal)
            SkipCapabilities(ref reader);

        // Presence of a multipoint controller, and "none of the above".
        reader.ReadBits(2);
        if (isExtended)
            reader.SkipAdditions();
    }

    /// <summary>Skips a <c>NonStandardParameter</c>: an object identifier or country and manufacturer codes, and
    /// data.</summary>
    public static void SkipNonStandard(ref PerReader reader)
    {
        var isExtension = reader.ReadBit();
        if (isExtension)
        {
            reader.ReadSmallNumber();
            reader.ReadOpenType();
        }
        else if (reader.ReadBit())
            SkipManufacturer(ref reader);
        else
            reader.ReadOpenType();
        reader.ReadOpenType();
    }

    private static void SkipManufacturer(ref PerReader reader)
    {
        var isExtended = reader.ReadBit();
        reader.ReadByte();
        reader.ReadByte();
        reader.ReadUInt16();
        if (isExtended)
            reader.SkipAdditions();
    }

    private static void SkipVendor(ref PerReader reader)
    {
        var (isExtended, hasProduct, hasVersion) = (reader.ReadBit(), reader.ReadBit(), reader.ReadBit());
        SkipManufacturer(ref reader);

        // Strings of 1 to 256 octets: the length is encoded less one.
        if (hasProduct)
            reader.ReadOctets(reader.ReadByte() + 1);
        if (hasVersion)
            reader.ReadOctets(reader.ReadByte() + 1);
        if (isExtended)
            reader.SkipAdditions();
    }

    /// <summary>Skips a sequence whose only non-extension part is a non-standard parameter, as for gatekeepers,
    /// terminals and gateway protocols.</summary>
    private static void SkipCapabilities(ref PerReader reader)
    {
        var (isExtended, hasOther) = (reader.ReadBit(), reader.ReadBit());
        if (hasOther)
            SkipNonStandard(ref reader);
        if (isExtended)
            reader.SkipAdditions();
    }

    private static void SkipGateway(ref PerReader reader)
    {
        var (isExtended, hasProtocols, hasOther) = (reader.ReadBit(), reader.ReadBit(), reader.ReadBit());
        var count = hasProtocols ? reader.ReadLength() : 0;
        for (var i = 0; i < Math.Min(count, MaximumProtocols) && !reader.IsBroken; i++)
            SkipProtocol(ref reader);
        if (count > MaximumProtocols)
            reader.ReadOctets(int.MaxValue);
        if (hasOther)
            SkipNonStandard(ref reader);
        if (isExtended)
            reader.SkipAdditions();
    }

    private static void SkipProtocol(ref PerReader reader)
    {
        if (reader.ReadBit())
        {
            reader.ReadSmallNumber();
            reader.ReadOpenType();
        }
        else if (reader.ReadBits(ProtocolChoiceBits) == 0)
            SkipNonStandard(ref reader);
        else
            SkipCapabilities(ref reader);
    }
}
