using System.Runtime.CompilerServices;

namespace PortAudit.Traffic.Wire;

/// <summary>
/// How far the link headers of one frame were followed: what comes next, or why nothing more can be read.
/// </summary>
internal ref struct LinkCursor
{
    /// <summary>What follows the last good header.</summary>
    public LayerBytes Layer;

    /// <summary>Receives what the link headers say of the packet.</summary>
    public readonly ref DecodedPacket Packet;

    /// <summary>Begins with the first header of a frame.</summary>
    /// <param name="layer">The frame.</param>
    /// <param name="packet">The packet of the frame.</param>
    public LinkCursor(LayerBytes layer, ref DecodedPacket packet)
    {
        Layer = layer;
        Packet = ref packet;
    }

    /// <summary>The EtherType of <see cref="Layer"/>; meaningless when a header could not be read.</summary>
    public ushort Next { get; set; }

    /// <summary>Why a header could not be read, or why reading ends behind it.</summary>
    public DecodeReason Reason { get; private set; }

    /// <summary>
    /// Steps over a header. False, and nothing moves, when it cannot be read. What follows it is for the caller to say.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryRead<THeader>(out THeader header)
        where THeader : IWireHeader<THeader>, allows ref struct
    {
        var isGood = HeaderStep.TryRead(ref Layer, out header, out var reason);
        Reason = reason;
        return isGood;
    }

    /// <summary>
    /// Steps over a header that itself says what follows. False, and nothing moves, when it cannot be read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryFollow<THeader>()
        where THeader : ILinkHeader<THeader>, allows ref struct
    {
        var isGood = TryRead(out THeader header);
        if (isGood)
            Next = header.EtherType;
        return isGood;
    }

    /// <summary>Says what comes next. Always true.</summary>
    public bool Reach(ushort etherType)
    {
        Next = etherType;
        return true;
    }

    /// <summary>Says why nothing more is read. Always false.</summary>
    public bool Refuse(DecodeReason reason)
    {
        Reason = reason;
        return false;
    }

    /// <summary>Says that what comes next is not IP, and what it is. Always false.</summary>
    public bool RefuseContent()
    {
        if (Packet.LinkProtocol == LinkProtocol.None)
            Packet.LinkProtocol = LinkProtocols.OfEtherType(Next);
        return Refuse(DecodeReason.NotDecoded);
    }

    /// <summary>Says what a view's refusal of the bytes means. Always false.</summary>
    public bool Refuse(ParseError error) => Refuse(Layer.Explain(error));
}
