namespace PortAudit.Traffic.Wire;

/// <summary>Follows IEEE 802.11 headers, and those written before them by capturing drivers, to logical link
/// control.</summary>
internal static class WirelessDecoder
{
    private const int FrameCheckSequenceLength = 4;
    private const int PaddedAlignment = 4;

    public static bool TryReadRadiotap(ref LinkCursor cursor) =>
        cursor.TryRead(out RadiotapHeader header)
        && TryEndFrame(header.HasFrameCheckSequence, header.IsDamaged, ref cursor)
        && TryReadFrame(header.IsPadded, ref cursor);

    /// <summary>Reads a Prism header, or the AVS one that some drivers write instead, and the frame after it.</summary>
    public static bool TryReadPrism(ref LinkCursor cursor) =>
        AvsHeader.Begins(cursor.Layer.Bytes)
            ? TryReadAvs(ref cursor)
            : cursor.TryRead(out PrismHeader _) && TryReadFrame(isPadded: false, ref cursor);

    public static bool TryReadAvs(ref LinkCursor cursor) =>
        cursor.TryRead(out AvsHeader _) && TryReadFrame(isPadded: false, ref cursor);

    /// <summary>Removes the frame check sequence, if any; false for a frame that the receiver reported as
    /// damaged.</summary>
    public static bool TryEndFrame(bool hasFrameCheckSequence, bool isDamaged, ref LinkCursor cursor)
    {
        if (hasFrameCheckSequence)
            cursor.Layer = cursor.Layer.WithoutTrailer(FrameCheckSequenceLength);
        return !isDamaged || cursor.Refuse(DecodeReason.BadChecksum);
    }

    /// <summary>Reads an 802.11 frame; of an aggregate the first subframe, setting
    /// <see cref="DecodedPacket.HasMorePackets"/>.</summary>
    /// <param name="isPadded">True when the header is padded to a multiple of four.</param>
    /// <param name="cursor">At the frame; moved to its logical link control.</param>
    public static bool TryReadFrame(bool isPadded, ref LinkCursor cursor)
    {
        if (!cursor.TryRead(out Ieee80211Frame frame))
            return false;

        var reason = ReasonToStop(frame);
        if (!frame.CarriesData)
            cursor.Packet.LinkProtocol = LinkProtocol.WirelessControl;
        if (reason != DecodeReason.Done)
            return cursor.Refuse(reason);

        if (isPadded)
        {
            var layer = cursor.Layer;
            var padding = Math.Min(-frame.HeaderLength & (PaddedAlignment - 1), layer.Bytes.Length);
            cursor.Layer = layer.Inner(layer.Bytes[padding..], padding);
        }

        return frame.IsAggregate ? TryReadSubframe(ref cursor) : cursor.Reach(frame.EtherType);
    }

    private static DecodeReason ReasonToStop(Ieee80211Frame frame)
    {
        if (!frame.CarriesData)
            return DecodeReason.NotDecoded;
        if (frame.IsProtected)
            return DecodeReason.Encrypted;
        return frame.IsLaterFragment ? DecodeReason.LaterFragment : DecodeReason.Done;
    }

    private static bool TryReadSubframe(ref LinkCursor cursor)
    {
        var aggregateLength = cursor.Layer.WireLength;
        if (!cursor.TryRead(out AmsduSubframe subframe))
            return false;

        cursor.Layer = cursor.Layer.Inner(cursor.Layer.Bytes, 0, subframe.AnnouncedPayloadLength);
        cursor.Packet.HasMorePackets = aggregateLength - subframe.PaddedLength >= AmsduSubframe.HeaderLength;
        return cursor.Reach(subframe.EtherType);
    }
}
