using PortAudit.Traffic.Protocols.Asn1;

namespace PortAudit.Traffic.Protocols.H323;

/// <summary>Content of an H.245 message (annex A, <c>MultimediaSystemControlMessage</c>) about a logical channel:
/// acknowledgment with the receiver's endpoints, or closure.</summary>
/// <param name="Number">Channel number, assigned by the opener.</param>
/// <param name="IsClosed">True when it is closed.</param>
/// <param name="Media">Where media are received; null when not given.</param>
/// <param name="Control">Where RTCP is received.</param>
internal readonly record struct LogicalChannel(int Number, bool IsClosed, TransportAddress? Media,
    TransportAddress? Control)
{
    private const int Request = 0;
    private const int Response = 1;
    private const int MessageBits = 2;
    private const int RequestBits = 4;
    private const int ResponseBits = 5;
    private const int CloseLogicalChannel = 4;
    private const int OpenLogicalChannelAck = 5;

    /// <summary>Extensions of the acknowledgment: a separate stack, then the parameters with endpoints.</summary>
    private const ulong SeparateStack = 1;
    private const ulong Parameters = 2;

    /// <summary>Parses a message; false for other messages and unsupported ones: reverse channels, non-standard
    /// parameters, networks other than IP.</summary>
    public static bool TryParse(ReadOnlySpan<byte> message, out LogicalChannel channel)
    {
        channel = default;
        var reader = new PerReader(message);
        if (reader.ReadBit())
            return false;
        var kind = reader.ReadBits(MessageBits);
        if (kind is not (Request or Response) || reader.ReadBit())
            return false;
        var choice = reader.ReadBits(kind == Request ? RequestBits : ResponseBits);
        return (kind, choice) switch
        {
            (Request, CloseLogicalChannel) => TryReadClose(ref reader, out channel),
            (Response, OpenLogicalChannelAck) => TryReadAck(ref reader, out channel),
            _ => false,
        };
    }

    private static bool TryReadClose(ref PerReader reader, out LogicalChannel channel)
    {
        reader.ReadBit();
        channel = new LogicalChannel(reader.ReadUInt16() + 1, IsClosed: true, null, null);
        return !reader.IsBroken;
    }

    private static bool TryReadAck(ref PerReader reader, out LogicalChannel channel)
    {
        channel = default;
        var (isExtended, hasReverse) = (reader.ReadBit(), reader.ReadBit());
        var number = reader.ReadUInt16() + 1;
        if (!isExtended || hasReverse)
            return false;
        var present = reader.ReadAdditions();
        if ((present & SeparateStack) != 0)
            reader.ReadOpenType();
        return (present & Parameters) != 0 && TryReadParameters(reader.ReadOpenType(), number, out channel);
    }

    /// <summary>The only choice without extension: <c>H2250LogicalChannelAckParameters</c>.</summary>
    private static bool TryReadParameters(ReadOnlySpan<byte> parameters, int number, out LogicalChannel channel)
    {
        const int SessionBits = 8;
        channel = default;
        var reader = new PerReader(parameters);
        var isOther = reader.ReadBit();
        reader.ReadBit();
        var (hasNonStandard, hasSession, hasMedia, hasControl) =
            (reader.ReadBit(), reader.ReadBit(), reader.ReadBit(), reader.ReadBit());

        // Presence of the payload type.
        reader.ReadBit();
        if (isOther || hasNonStandard)
            return false;
        if (hasSession)
            reader.ReadBits(SessionBits);
        TransportAddress media = default, control = default;
        if ((hasMedia && !TransportAddress.TryReadMedia(ref reader, out media))
            || (hasControl && !TransportAddress.TryReadMedia(ref reader, out control)))
            return false;
        channel = new LogicalChannel(number, IsClosed: false, hasMedia ? media : null, hasControl ? control : null);
        return !reader.IsBroken;
    }
}
