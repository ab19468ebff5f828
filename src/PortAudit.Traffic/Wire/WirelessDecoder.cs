namespace PortAudit.Traffic.Wire;

/// <summary>Follows the headers of IEEE 802.11 frames, and those that a capturing driver writes before them, to logical link control.</summary>
internal static class WirelessDecoder
{
    private const int FrameCheckSequenceLength = 4;
    private const int PaddedAlignment = 4;

    /// <summary>Reads a radiotap header and the frame behind it.</summary>
    public static bool TryReadRadiotap(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        return HeaderStep.TryRead(ref layer, out RadiotapHeader header, out reason)
            && TryEndFrame(header.HasFrameCheckSequence, header.IsDamaged, ref layer, out reason)
            && TryReadFrame(header.IsPadded, ref layer, ref packet, out etherType, out reason);
    }

    /// <summary>Reads a Prism header, or the one of AVS that some drivers write in its place, and the frame behind it.</summary>
    public static bool TryReadPrism(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        if (AvsHeader.Begins(layer.Bytes))
            return TryReadAvs(ref layer, ref packet, out etherType, out reason);

        etherType = EtherType.None;
        return HeaderStep.TryRead(ref layer, out PrismHeader _, out reason)
            && TryReadFrame(isPadded: false, ref layer, ref packet, out etherType, out reason);
    }

    /// <summary>Reads a header of AVS and the frame behind it.</summary>
    public static bool TryReadAvs(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        return HeaderStep.TryRead(ref layer, out AvsHeader _, out reason)
            && TryReadFrame(isPadded: false, ref layer, ref packet, out etherType, out reason);
    }

    /// <summary>Takes the frame check sequence off the frame's end where there is one; false for a frame that the receiver found damaged.</summary>
    public static bool TryEndFrame(bool hasFrameCheckSequence, bool isDamaged, ref LayerBytes layer, out DecodeReason reason)
    {
        reason = isDamaged ? DecodeReason.BadChecksum : DecodeReason.Done;
        if (hasFrameCheckSequence)
            layer = layer.WithoutTrailer(FrameCheckSequenceLength);
        return !isDamaged;
    }

    /// <summary>
    /// Reads an 802.11 frame; of an aggregate the first subframe, while <see cref="DecodedPacket.HasMorePackets"/> tells of the rest.
    /// </summary>
    /// <param name="isPadded">True when the driver filled the header up to a multiple of four.</param>
    /// <param name="layer">The frame; becomes its logical link control.</param>
    /// <param name="packet">Told of further subframes.</param>
    /// <param name="etherType">What follows.</param>
    /// <param name="reason">Why nothing can be read.</param>
    public static bool TryReadFrame(bool isPadded, ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        if (!HeaderStep.TryRead(ref layer, out Ieee80211Frame frame, out reason))
            return false;

        reason = ReasonToStop(frame);
        if (reason != DecodeReason.Done)
            return false;

        if (isPadded)
        {
            var padding = -frame.HeaderLength & (PaddedAlignment - 1);
            layer = layer.Inner(layer.Bytes[Math.Min(padding, layer.Bytes.Length)..], Math.Min(padding, layer.Bytes.Length));
        }

        etherType = frame.EtherType;
        return !frame.IsAggregate || TryReadSubframe(ref layer, ref packet, out etherType, out reason);
    }

    private static DecodeReason ReasonToStop(Ieee80211Frame frame)
    {
        if (!frame.CarriesData)
            return DecodeReason.NotDecoded;
        if (frame.IsProtected)
            return DecodeReason.Encrypted;
        return frame.IsLaterFragment ? DecodeReason.LaterFragment : DecodeReason.Done;
    }

    private static bool TryReadSubframe(ref LayerBytes layer, ref DecodedPacket packet, out ushort etherType, out DecodeReason reason)
    {
        etherType = EtherType.None;
        var aggregateLength = layer.WireLength;
        if (!HeaderStep.TryRead(ref layer, out AmsduSubframe subframe, out reason))
            return false;

        layer = layer.Inner(layer.Bytes, 0, subframe.AnnouncedPayloadLength);
        packet.HasMorePackets = aggregateLength - subframe.PaddedLength >= AmsduSubframe.HeaderLength;
        etherType = subframe.EtherType;
        return true;
    }
}
