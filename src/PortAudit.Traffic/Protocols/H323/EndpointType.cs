using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Passes over what H.225.0 messages tell of the device that sends them (annex H, <c>EndpointType</c>):
/// nothing in it is wanted, but addresses stand behind it.</summary>
internal static class EndpointType
{
    /// <summary>Protocols of a gateway that are passed over at most.</summary>
    private const int MaximumProtocols = 32;

    private const int ProtocolChoiceBits = 4;

    /// <summary>Passes over the value; afterwards the reader is broken if it could not be followed.</summary>
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

        // Whether it has a multipoint controller, and whether it is none of the above.
        reader.ReadBits(2);
        if (isExtended)
            reader.SkipAdditions();
    }

    /// <summary>Passes over a <c>NonStandardParameter</c>: an object identifier or codes of country and manufacturer,
    /// and data.</summary>
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

        // Strings of 1 to 256 octets: the length is told less one.
        if (hasProduct)
            reader.ReadOctets(reader.ReadByte() + 1);
        if (hasVersion)
            reader.ReadOctets(reader.ReadByte() + 1);
        if (isExtended)
            reader.SkipAdditions();
    }

    /// <summary>Passes over a sequence of which only a non-standard parameter is no extension: what gatekeepers,
    /// terminals and the protocols of gateways tell.</summary>
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
